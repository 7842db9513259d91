; Conservation over one asset: two holdings that a transaction touches, and the rest of them. Integers are exact; MAX is
; the greatest quantity, 2^128 - 1. A claim is what must hold, denied: unsat. A mutant is a planted defect: sat.
(set-logic QF_LIA)
(define-fun MAX () Int 340282366920938463463374607431768211455)
(define-fun quantity ((v Int)) Bool (and (<= 0 v) (<= v MAX)))
(declare-const a Int) (declare-const b Int) (declare-const rest Int)
(declare-const issued Int) (declare-const redeemed Int) (declare-const x Int) (declare-const covered Int)
(define-fun outstanding ((i Int) (r Int)) Int (- i r))
(define-fun conserved ((s Int) (t Int) (u Int) (i Int) (r Int)) Bool
  (and (quantity s) (quantity t) (quantity u) (quantity i) (quantity r) (<= r i) (= (+ s t u) (outstanding i r))))
(assert (conserved a b rest issued redeemed))
(assert (and (quantity x) (> x 0) (quantity covered) (<= covered a)))

(push) (echo "claim transfer")
(assert (<= x (- a covered)))
(assert (not (and (conserved (- a x) (+ b x) rest issued redeemed) (<= covered (- a x)))))
(check-sat) (pop)

(push) (echo "claim redeem")
(assert (<= x (- a covered)))
(assert (not (and (conserved (- a x) b rest issued (+ redeemed x)) (<= covered (- a x)))))
(check-sat) (pop)

(push) (echo "claim reclassify: from a partition to another of the same account")
(assert (<= x (- a covered)))
(assert (not (= (+ (- a x) (+ b x)) (+ a b))))
(check-sat) (pop)

(push) (echo "claim check: wrapping sums modulo 2^128, as the invariant's check has them, miss nothing")
; The check compares (a' - a) + (b' - b) with issued' - issued modulo 2^128. If it passes and each value is a
; quantity, and the transaction changed no sum by 2^128 or more, the sums agree.
(declare-const a2 Int) (declare-const b2 Int) (declare-const k Int)

(assert (and (quantity a2) (quantity b2) (quantity (+ a2 b2 rest))))
(assert (= (- (+ a2 b2) (+ a b)) (* k 340282366920938463463374607431768211456)))
(assert (not (= (+ a2 b2) (+ a b))))
(check-sat) (pop)

(push) (echo "mutant transfer of what is covered")
(assert (<= x a))
(assert (not (<= covered (- a x))))
(check-sat) (pop)

(push) (echo "mutant transfer to oneself with stale reads: debit is overwritten by credit")
(assert (<= x (- a covered)))
(assert (not (conserved (+ a x) b rest issued redeemed)))
(check-sat) (pop)

(push) (echo "mutant transfer without credit")
(assert (<= x (- a covered)))
(assert (not (conserved (- a x) b rest issued redeemed)))
(check-sat) (pop)

(push) (echo "mutant redemption that is not counted")
(assert (<= x (- a covered)))
(assert (not (conserved (- a x) b rest issued redeemed)))
(check-sat) (pop)

(push) (echo "mutant transfer without asking the balance")
(assert (not (conserved (- a x) (+ b x) rest issued redeemed)))
(check-sat) (pop)
