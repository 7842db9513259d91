import Tokenize

/// Who is there from the beginning: the founders that genesis names.
struct Institutions: Sendable {
    static let courtQuorum = 2
    private static let judgeCount = 3

    let ministry: Participant
    /// Without whose approval the first ministry creates no asset.
    let approvingMinistry: Participant
    let centralBank: Participant
    /// The central bank's account from which income and redemption are paid.
    let payingAgent: Participant
    let depository: Participant
    let regulator: Participant
    let judges: [Participant]

    init(_ terms: CommonTerms) throws {
        let country = terms.country
        let state = PartyID(digest: Randomness.digest())
        let bank = PartyID(digest: Randomness.digest())
        ministry = try Participant(terms.ministry, .state, country: country, party: state)
        approvingMinistry = try Participant(terms.approvingMinistry, .state, country: country, party: state)
        centralBank = try Participant(terms.centralBank, .financialInstitution, country: country, party: bank)
        payingAgent = try Participant("paying agent", .financialInstitution, country: country, party: bank)
        depository = try Participant(terms.depository, .domesticEntity, country: country)
        regulator = try Participant(terms.regulator, .state, country: country, party: state)
        judges = try (1...Institutions.judgeCount).map {
            try Participant("\(terms.court), judge \($0)", .state, country: country, party: state)
        }
    }

    /// The genesis that gives each its powers, with the key of the log.
    func genesis(_ terms: CommonTerms, logKeys: LogKeys, secret: DisclosureSecret) -> Genesis {
        let founders = [ministry, approvingMinistry, centralBank, payingAgent, depository, regulator] + judges
        let ministries = [ministry.account, approvingMinistry.account]
        var parties: [PartyRegistration] = []
        for founder in founders where !parties.contains(where: { $0.party == founder.registration.party }) {
            parties.append(founder.registration)
        }
        let appointments = [
            AuthorityAppointment(AuthorityReference(.governor), quorum: 2, members: ministries),
            AuthorityAppointment(AuthorityReference(.operator), quorum: 1, members: [centralBank.account]),
            AuthorityAppointment(AuthorityReference(.registrar), quorum: 1, members: [depository.account]),
            AuthorityAppointment(AuthorityReference(.identityIssuer), quorum: 1, members: [depository.account]),
            AuthorityAppointment(AuthorityReference(.issuer), quorum: 1, members: ministries),
            AuthorityAppointment(Institutions.moneyIssuer, quorum: 1, members: [centralBank.account]),
            AuthorityAppointment(AuthorityReference(.regulator), quorum: 1, members: [regulator.account]),
            AuthorityAppointment(
                AuthorityReference(.court),
                quorum: Institutions.courtQuorum,
                members: judges.map(\.account)
            ),
        ]
        return Genesis(
            name: terms.ledgerName,
            parameters: LedgerParameters(
                firstBusinessDate: terms.calendar.first,
                businessDayGapMax: terms.businessDayGapMax
            ),
            logKeys: logKeys,
            disclosureCommitment: secret.commitment,
            parties: parties,
            accounts: founders.map(\.opening),
            authorities: appointments.compactMap { $0 }
        )
    }

    /// What the governors lay down for the issuer: both ministries agree to every asset.
    static let issuerMandate = Mandate(quorums: [Mandate.Quorum(.createAsset, quorum: 2)])

    /// The central bank creates money; the ministries, the first issuer, everything else.
    static let moneyIssuer = AuthorityReference(.issuer, number: 1)
}
