import Testing

@testable import Tokenize

@Suite("RBK-010 to RBK-018: who takes part")
struct WhoRuleTests {
    private static let laos = [CountryCode("LA")].compactMap { $0 }
    private static let thailand = [CountryCode("TH")].compactMap { $0 }

    @Test("RBK-010: only parties of these countries, on issue too")
    func allowedCountries() async throws {
        let scene = try await RulebookScene([.countriesAllowed(Self.laos, .both)])
        try await scene.expectRefusal(.countryNotAllowed) {
            try await scene.move(1, from: scene.alice, to: scene.foreigner)
        }
        try await scene.expectRefusal(.countryNotAllowed) {
            try await scene.issuer.issue(1, of: scene.asset, to: scene.foreigner.account)
        }
        try await scene.move(1, from: scene.alice, to: scene.bob)
        // An order is not asked; what it brought cannot be passed on by who is kept out.
        try await scene.force(5, from: scene.alice, to: scene.foreigner)
        try await scene.expectRefusal(.countryNotAllowed) {
            try await scene.move(1, from: scene.foreigner, to: scene.bob)
        }
    }

    @Test("RBK-011: no party of these countries")
    func restrictedCountries() async throws {
        let scene = try await RulebookScene([.countriesRestricted(Self.thailand, .receiver)])
        try await scene.expectRefusal(.countryRestricted) {
            try await scene.move(1, from: scene.alice, to: scene.foreigner)
        }
        try await scene.move(1, from: scene.alice, to: scene.bob)
    }

    @Test("RBK-012: only who stands on the list, and from then on")
    func allowList() async throws {
        let list = ListReference(AuthorityReference(.transferAgent), number: 3)
        let scene = try await RulebookScene([.allowList(list, .receiver)])
        try await scene.expectRefusal(.notOnAllowList) { try await scene.move(1, from: scene.alice, to: scene.bob) }
        let agent = scene.fixture.authority(.transferAgent)
        // Another list of the same keeper, and the same number of another keeper, count for nothing.
        try await agent.regulate(.changeList(ListChange(number: 2, [.party(RulebookScene.bobParty)])))
        try await scene.regulator.regulate(.changeList(ListChange(number: 3, [.party(RulebookScene.bobParty)])))
        try await scene.expectRefusal(.notOnAllowList) { try await scene.move(1, from: scene.alice, to: scene.bob) }
        try await agent.regulate(.changeList(ListChange(number: 3, [.party(RulebookScene.bobParty)])))
        try await scene.move(1, from: scene.alice, to: scene.bob)
        try await agent.regulate(
            .changeList(ListChange(number: 3, isAdding: false, [.party(RulebookScene.bobParty)]))
        )
        try await scene.expectRefusal(.notOnAllowList) { try await scene.move(1, from: scene.alice, to: scene.bob) }
    }

    @Test("RBK-013: nobody who stands on the list, by party or by account")
    func blockList() async throws {
        let list = ListReference(AuthorityReference(.issuer))
        let scene = try await RulebookScene([.blockList(list, .all)])
        try await scene.move(1, from: scene.alice, to: scene.bob)
        try await scene.issuer.regulate(.changeList(ListChange([.account(scene.bob.account)])))
        try await scene.expectRefusal(.onBlockList) { try await scene.move(1, from: scene.alice, to: scene.bob) }
        try await scene.expectRefusal(.onBlockList) { try await scene.move(1, from: scene.bob, to: scene.carol) }
        try await scene.issuer.regulate(.changeList(ListChange([.party(RulebookScene.carolParty)])))
        try await scene.expectRefusal(.onBlockList) { try await scene.move(1, from: scene.alice, to: scene.carol) }
        try await scene.move(1, from: scene.alice, to: scene.foreigner)
    }

    @Test("RBK-014: a list of sanctions is fed by its authority, catches all of a person's parties, and no order")
    func sanctions() async throws {
        let list = ListReference(AuthorityReference(.regulator), number: 7)
        let scene = try await RulebookScene([.sanctions(list, .all)])
        try await scene.registrar.regulate(
            .joinParties(PartyJoin(RulebookScene.bobParty, to: RulebookScene.carolParty))
        )
        try await scene.regulator.regulate(
            .changeList(ListChange(number: 7, [.party(RulebookScene.bobParty)]))
        )
        for client in [scene.bob, scene.carol] {
            try await scene.expectRefusal(.sanctioned) { try await scene.move(1, from: scene.alice, to: client) }
        }
        try await scene.force(3, from: scene.alice, to: scene.bob)
        #expect(try await scene.units(scene.bob) == 3)
        try await scene.regulator.regulate(
            .changeList(ListChange(number: 7, isAdding: false, [.party(RulebookScene.bobParty)]))
        )
        try await scene.move(1, from: scene.alice, to: scene.carol)
    }

    @Test("RBK-013: who stands on a list by one member is not off it because another member was taken off")
    func listChangesInOneTransaction() async throws {
        let list = ListReference(AuthorityReference(.issuer))
        let scene = try await RulebookScene([.blockList(list, .all)])
        let (bobParty, carolParty) = (RulebookScene.bobParty, RulebookScene.carolParty)
        try await scene.registrar.regulate(.joinParties(PartyJoin(bobParty, to: carolParty)))
        func change(_ members: [ListMember], isAdding: Bool = true) -> Operation {
            Operation(
                .rulebook(.changeList(ListChange(isAdding: isAdding, members)), under: scene.issuer.reference)
            )
        }
        _ = try await scene.fixture.ministry.submit([change([.party(carolParty), .account(scene.bob.account)])])
        let transfer = Operation(
            .transfer(Transfer(asset: scene.asset, recipient: scene.bob.account, partition: 0, units: 1)),
            principal: 1
        )
        // The account is taken off; the head of its party is still on. So is the party, if only the head is taken off.
        for member in [ListMember.account(scene.bob.account), .party(carolParty)] {
            try await scene.expectRefusal(.onBlockList) {
                let operations = [change([member], isAdding: false), transfer]
                _ = try await scene.fixture.ministry.submit(operations, with: [scene.alice])
            }
        }
        let all = change([.account(scene.bob.account), .party(carolParty)], isAdding: false)
        _ = try await scene.fixture.ministry.submit([all, transfer], with: [scene.alice])
        // A party of the person that is put on binds the others at once.
        let toCarol = Transfer(asset: scene.asset, recipient: scene.carol.account, partition: 0, units: 1)
        try await scene.expectRefusal(.onBlockList) {
            let operations = [change([.party(bobParty)]), Operation(.transfer(toCarol), principal: 1)]
            _ = try await scene.fixture.ministry.submit(operations, with: [scene.alice])
        }
    }

    @Test("RBK-018: what is said against one party of a person, and a freeze of one, bind all of them")
    func onePerson() async throws {
        let clean = Requirement([Condition(.noneOf([Statement(Topic(3_000))]), on: .both)])
        let scene = try await RulebookScene(requirements: [clean])
        let (bobParty, carolParty) = (RulebookScene.bobParty, RulebookScene.carolParty)
        try await scene.trust(Topic(3_000), [scene.attester])
        let joins = [PartyJoin(bobParty, to: carolParty), PartyJoin(RulebookScene.foreignParty, to: carolParty)]
        for join in joins { try await scene.registrar.regulate(.joinParties(join)) }
        for client in [scene.bob, scene.carol, scene.foreigner] {
            try await scene.move(2, from: scene.alice, to: client)
        }
        let freeze = Encumbering(
            target: .party(bobParty),
            kind: .freeze,
            amount: 0,
            rank: 1,
            lastDate: Fixture.firstDate,
            order: Fixture.order("order")
        )
        try await scene.fixture.authority(.court).encumber(freeze)
        for client in [scene.bob, scene.carol, scene.foreigner] {
            try await scene.expectRefusal(.accountFrozen) { try await scene.move(1, from: client, to: scene.alice) }
        }
        try await scene.pass(days: 1)
        for client in [scene.bob, scene.carol, scene.foreigner] {
            try await scene.move(1, from: client, to: scene.alice)
        }
        try await scene.attest(bobParty, Topic(3_000))
        for client in [scene.bob, scene.carol, scene.foreigner] {
            try await scene.expectRefusal(.requirementsNotMet) {
                try await scene.move(1, from: scene.alice, to: client)
            }
        }
    }

    @Test("RBK-015: only who is attested to be accredited")
    func accredited() async throws {
        let scene = try await RulebookScene([.accredited(Statement(.accreditation), .receiver)])
        try await scene.trust(.accreditation, [scene.attester])
        try await scene.expectRefusal(.notAccredited) { try await scene.move(1, from: scene.alice, to: scene.bob) }
        try await scene.attest(RulebookScene.bobParty, .accreditation)
        try await scene.move(1, from: scene.alice, to: scene.bob)
    }

    @Test("RBK-016: only who is attested to be resident")
    func resident() async throws {
        let scene = try await RulebookScene([.resident(Statement(.residence, value: .number(418)), .receiver)])
        try await scene.trust(.residence, [scene.attester])
        try await scene.attest(RulebookScene.bobParty, .residence, 764)
        try await scene.expectRefusal(.notResident) { try await scene.move(1, from: scene.alice, to: scene.bob) }
        try await scene.attest(RulebookScene.bobParty, .residence, 418)
        try await scene.move(1, from: scene.alice, to: scene.bob)
    }

    @Test("RBK-017: a new account is closed until it is admitted")
    func admission() async throws {
        let list = ListReference(AuthorityReference(.transferAgent))
        let scene = try await RulebookScene([.admission(list)])
        let agent = scene.fixture.authority(.transferAgent)
        try await agent.regulate(.changeList(ListChange([.account(scene.alice.account)])))
        // The party is no account.
        try await agent.regulate(.changeList(ListChange([.party(RulebookScene.bobParty)])))
        try await scene.expectRefusal(.accountNotAdmitted) {
            try await scene.move(1, from: scene.alice, to: scene.bob)
        }
        try await agent.regulate(.changeList(ListChange([.account(scene.bob.account)])))
        try await scene.move(1, from: scene.alice, to: scene.bob)
        try await scene.expectRefusal(.accountNotAdmitted) {
            try await scene.move(1, from: scene.alice, to: scene.aliceToo)
        }
        // Nor does an account that is not admitted move them for another.
        let last = Fixture.date(2026, 12, 31)
        try await scene.alice.control(
            .setAllowance(Allowance(asset: scene.asset, operator: scene.carol.account, units: 9, until: last))
        )
        let transfer = OperatorTransfer(1, of: scene.asset, from: scene.alice, to: scene.bob)
        try await scene.expectRefusal(.accountNotAdmitted) { try await scene.carol.control(.transferFrom(transfer)) }
        try await agent.regulate(.changeList(ListChange([.account(scene.carol.account)])))
        try await scene.carol.control(.transferFrom(transfer))
    }

    @Test("RBK-018: all conditions of one requirement, of any of them")
    func requirements() async throws {
        let professional = Requirement([
            Condition(.present(.accreditation), on: .receiver), Condition(.absent(.dueDiligence), on: .both),
        ])
        let retail = Requirement([
            Condition(.anyOf([Statement(.residence, value: .number(418)), Statement(Topic(2_000))]), on: .receiver),
            Condition(.noneOf([Statement(Topic(3_000), value: .number(1))]), on: .receiver),
        ])
        let known = Requirement([Condition(.identity([RulebookScene.carolParty]), on: .receiver)])
        let scene = try await RulebookScene(requirements: [professional, retail, known])
        for topic in [Topic.accreditation, .dueDiligence, .residence, Topic(2_000), Topic(3_000)] {
            try await scene.trust(topic, [scene.attester])
        }
        func passes(_ client: LedgerClient) async throws { try await scene.move(1, from: scene.alice, to: client) }
        func fails(_ client: LedgerClient) async throws {
            try await scene.expectRefusal(.requirementsNotMet) { try await passes(client) }
        }
        let bob = RulebookScene.bobParty
        try await passes(scene.carol)
        try await fails(scene.bob)
        try await scene.attest(bob, .accreditation)
        try await passes(scene.bob)
        try await scene.attest(RulebookScene.aliceParty, .dueDiligence)
        try await fails(scene.bob)
        try await scene.attest(bob, .residence, 764)
        try await fails(scene.bob)
        try await scene.attest(bob, Topic(2_000))
        try await passes(scene.bob)
        try await scene.attest(bob, Topic(3_000))
        try await fails(scene.bob)
        try await scene.attest(bob, Topic(3_000), 2)
        try await passes(scene.bob)
    }
}
