@testable import Tokenize

extension SchemaSample {
    /// Questions why a transaction is refused, alone and with their signatures.
    static func questions() throws -> [SchemaSample] {
        let contents: [ExplanationRequest.Question] = [.transaction([1, 2, 3]), .draft([])]
        let questions = contents.map { content in
            ExplanationRequest(
                ledger: SampleParts.ledger,
                requester: SampleParts.account,
                lastValidHeight: 1_000,
                nonce: .max,
                question: content
            )
        }
        let signature = TransactionSignature(
            key: try SampleParts.key(7),
            signature: try Signature(algorithm: .ecdsaSecp256k1, bytes: [UInt8](repeating: 8, count: 64))
        )
        return questions.map { SchemaSample("question", $0) } + [
            SchemaSample(
                "signed-question",
                SignedExplanationRequest(request: questions[0], signatures: [signature]).bytes
            ) { bytes in
                let read = try SignedExplanationRequest(bytes: bytes)
                return SignedExplanationRequest(request: read.request, signatures: read.signatures).bytes
            }
        ]
    }
}
