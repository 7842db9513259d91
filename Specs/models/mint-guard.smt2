; Issuing: what was issued, ever, stays at most the cap, and no sum leaves its range. The guard asks the total issued,
; which never falls; redeemed units do not make room again. A claim is denied: unsat. A mutant: sat.
(set-logic QF_LIA)
(define-fun MAX () Int 340282366920938463463374607431768211455)
(define-fun quantity ((v Int)) Bool (and (<= 0 v) (<= v MAX)))
(define-fun wrapped ((v Int)) Int (ite (> v MAX) (- v (+ MAX 1)) v))
(declare-const holding Int) (declare-const rest Int) (declare-const issued Int) (declare-const redeemed Int)
(declare-const cap Int) (declare-const x Int)
(assert (and (quantity holding) (quantity rest) (quantity issued) (quantity redeemed) (quantity cap) (quantity x)))
(assert (and (<= redeemed issued) (<= issued cap) (= (+ holding rest) (- issued redeemed)) (> x 0)))
(define-fun guarded () Bool (and (quantity (+ issued x)) (<= (+ issued x) cap)))

(push) (echo "claim cap")
(assert guarded)
(assert (not (<= (+ issued x) cap)))
(check-sat) (pop)

(push) (echo "claim range: the holding and the supply stay quantities, so the credit cannot overflow")
(assert guarded)
(assert (not (and (quantity (+ holding x)) (quantity (+ issued x)) (quantity (- (+ issued x) redeemed)))))
(check-sat) (pop)

(push) (echo "claim conserved")
(assert guarded)
(assert (not (= (+ holding x rest) (- (+ issued x) redeemed))))
(check-sat) (pop)

(push) (echo "claim refusal: whoever is refused asked for more than is left under the cap")
(assert (not guarded))
(assert (not (> x (- cap issued))))
(check-sat) (pop)

(push) (echo "mutant guard on the holding instead of the supply")
(assert (<= (+ holding x) cap))
(assert (not (<= (+ issued x) cap)))
(check-sat) (pop)

(push) (echo "mutant guard on what is outstanding: redeemed units make room again")
(assert (<= (+ (- issued redeemed) x) cap))
(assert (not (<= (+ issued x) cap)))
(check-sat) (pop)

(push) (echo "mutant wrapping sum under the guard")
(assert (<= (wrapped (+ issued x)) cap))
(assert (not (<= (+ issued x) cap)))
(check-sat) (pop)

(push) (echo "mutant guard that is off by one")
(assert (and (quantity (+ issued x)) (<= (+ issued x) (+ cap 1))))
(assert (not (<= (+ issued x) cap)))
(check-sat) (pop)
