import struct Crypto.SHA256
import Tokenize

/// Somebody in a story: a name for the audience, and an account with its key. The ledger never learns the name.
struct Participant: Sendable {
    let name: String
    let registration: PartyRegistration
    let opening: AccountOpening
    let account: AccountID
    let signer: SoftwareSigner

    /// Somebody new, with a key that is drawn now.
    init(_ name: String, _ holderClass: HolderClass, country: CountryCode, party: PartyID? = nil) throws {
        self.name = name
        registration = PartyRegistration(
            party: party ?? PartyID(digest: Randomness.digest()),
            jurisdiction: country,
            holderClass: holderClass
        )
        signer = try SoftwareSigner(SecretKey.generate())
        opening = AccountOpening(
            policy: KeyPolicy(signer.publicKey),
            salt: Randomness.digest(),
            party: registration.party
        )
        account = opening.account
    }

    /// The same person and account with a key that is drawn now; the ledger knows it once the account has it.
    func withNewKey() throws -> Participant { Participant(self, signer: try SoftwareSigner(SecretKey.generate())) }

    private init(_ other: Participant, signer: SoftwareSigner) {
        name = other.name
        registration = other.registration
        opening = other.opening
        account = other.account
        self.signer = signer
    }
}

/// Documents that acts refer to.
enum Document {
    /// SHA-256 of a document's text.
    static func digest(of text: String) -> Digest {
        Digest(SHA256.hash(data: Array(text.utf8)).map { $0 }) ?? .zero
    }

    static func order(
        _ reference: String,
        document: String,
        on basis: LegalBasis? = nil
    ) throws(DemoFailure) -> OrderReference {
        guard
            let order = OrderReference(
                reference: reference,
                documentDigest: digest(of: document),
                legalBasis: basis
            )
        else {
            throw DemoFailure("'\(reference)' is not a reference that the ledger takes")
        }
        return order
    }
}
