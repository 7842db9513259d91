; Largest remainder: a total t over weights w0, w1, w2 of sum s. Each gets floor(t * w / s), and the units that are left go
; one each to the largest remainders, of equal ones to the earlier holder. First the step that holds for quantities of
; any size, over the integers; then the whole algorithm with every total of 0 to 7 and all weights of 0 to 7 that are
; not all 0. A claim is denied: unsat. A mutant: sat.
(set-logic ALL)

(push) (echo "claim left: the units that are left are fewer than the holders with a remainder")
; t * s = s * (q0 + q1 + q2) + (r0 + r1 + r2), so left * s = r0 + r1 + r2.
(declare-const s Int) (declare-const left Int)
(declare-const r0 Int) (declare-const r1 Int) (declare-const r2 Int)
(define-fun one ((r Int)) Int (ite (> r 0) 1 0))
(assert (and (> s 0) (<= 0 r0) (< r0 s) (<= 0 r1) (< r1 s) (<= 0 r2) (< r2 s)))
(assert (= (* left s) (+ r0 r1 r2)))
(assert (not (and (<= 0 left) (or (< left (+ (one r0) (one r1) (one r2))) (= left 0)))))
(check-sat) (pop)

; The algorithm. Inputs have 3 bits, sums and products 12: nothing wraps but in the mutant that says so.
(define-sort N () (_ BitVec 12))
(declare-const t N) (declare-const w0 N) (declare-const w1 N) (declare-const w2 N)
(define-fun small ((v N)) Bool (bvule v #x007))
(assert (and (small t) (small w0) (small w1) (small w2)))
; A weight may be 0; not all of them, for then there is nobody to share among.
(assert (bvugt (bvadd w0 w1 w2) #x000))
(define-fun sum () N (bvadd w0 w1 w2))
(define-fun q ((w N)) N (bvudiv (bvmul t w) sum))
(define-fun r ((w N)) N (bvurem (bvmul t w) sum))
(define-fun left () N (bvsub t (bvadd (q w0) (q w1) (q w2))))
(define-fun bit ((b Bool)) N (ite b #x001 #x000))
; How many stand before a holder: a larger remainder, or an equal one earlier.
(define-fun place0 () N (bvadd (bit (bvugt (r w1) (r w0))) (bit (bvugt (r w2) (r w0)))))
(define-fun place1 () N (bvadd (bit (bvuge (r w0) (r w1))) (bit (bvugt (r w2) (r w1)))))
(define-fun place2 () N (bvadd (bit (bvuge (r w0) (r w2))) (bit (bvuge (r w1) (r w2)))))
(define-fun share ((w N) (place N)) N (bvadd (q w) (bit (bvult place left))))
(define-fun s0 () N (share w0 place0))
(define-fun s1 () N (share w1 place1))
(define-fun s2 () N (share w2 place2))
; Within one unit of the exact share: |share * sum - t * w| < sum.
(define-fun near ((v N) (w N)) Bool
  (and (bvult (bvmul v sum) (bvadd (bvmul t w) sum)) (bvult (bvmul t w) (bvadd (bvmul v sum) sum))))

(push) (echo "claim sum")
(assert (not (= (bvadd s0 s1 s2) t)))
(check-sat) (pop)

(push) (echo "claim near")
(assert (not (and (near s0 w0) (near s1 w1) (near s2 w2))))
(check-sat) (pop)

(push) (echo "claim whole: a share that is exact is paid exactly")
(assert (= (r w1) #x000))
(assert (not (= (bvmul s1 sum) (bvmul t w1))))
(check-sat) (pop)

(push) (echo "claim ties: of equal weights the earlier gets no less")
(assert (= w1 w2))
(assert (not (bvuge s1 s2)))
(check-sat) (pop)

(push) (echo "claim ties: of equal remainders the unit goes to the earlier")
(assert (= (r w0) (r w2)))
(assert (not (bvuge (bvsub s0 (q w0)) (bvsub s2 (q w2)))))
(check-sat) (pop)

(push) (echo "claim order: who holds more gets no less")
(assert (bvugt w2 w0))
(assert (not (bvuge s2 s0)))
(check-sat) (pop)

(push) (echo "claim taking: the units go where the remainder is largest")
(assert (bvugt (r w2) (r w1)))
(assert (not (bvuge (bvsub s2 (q w2)) (bvsub s1 (q w1)))))
(check-sat) (pop)

(push) (echo "mutant floors only: the rest is nobody's")
(assert (not (= (bvadd (q w0) (q w1) (q w2)) t)))
(check-sat) (pop)

(push) (echo "mutant all that is left to the first")
(assert (not (near (bvadd (q w0) left) w0)))
(check-sat) (pop)

(push) (echo "mutant each share rounded by itself")
(assert (not (= (bvadd (bvudiv (bvadd (bvmul #x002 (bvmul t w0)) sum) (bvmul #x002 sum)) (bvudiv (bvadd (bvmul #x002 (bvmul t w1)) sum) (bvmul #x002 sum)) (bvudiv (bvadd (bvmul #x002 (bvmul t w2)) sum) (bvmul #x002 sum))) t)))
(check-sat) (pop)

(push) (echo "mutant ties to the later holder")
(assert (= w1 w2))
(assert (not (bvuge (bvadd (q w1) (bit (bvult (bvadd (bit (bvugt (r w0) (r w1))) (bit (bvuge (r w2) (r w1)))) left))) (bvadd (q w2) (bit (bvult (bvadd (bit (bvugt (r w0) (r w2))) (bit (bvugt (r w1) (r w2)))) left))))))
(check-sat) (pop)

(push) (echo "mutant smallest remainder first")
(assert (not (near (bvadd (q w1) (bit (bvult (bvadd (bit (bvule (r w0) (r w1))) (bit (bvult (r w2) (r w1)))) left))) w1)))
(check-sat) (pop)

(push) (echo "mutant products cut to five bits")
(assert (not (near (bvudiv (bvand (bvmul t w0) #x01f) sum) w0)))
(check-sat) (pop)

(push) (echo "mutant ranks that count ties twice")
(assert (not (= (bvadd (share w0 place0) (share w1 place1) (bvadd (q w2) (bit (bvult (bvadd (bit (bvugt (r w0) (r w2))) (bit (bvugt (r w1) (r w2)))) left)))) t)))
(check-sat) (pop)
