/* Atomic settlement (delivery versus payment), as the ledger does it: one transaction with two legs.

   A seller with securities and a buyer with cash have signed settlements of one unit against one unit. Anybody submits
   any of them at any time, as often as he likes. The buyer's cash may be frozen and released meanwhile. A transaction
   is decided on a draft; both legs or nothing go from the draft to the state in memory; what was decided is appended
   to the log later, in groups; a crash leaves the groups that are durable, and recovery replays them.

   MUTANT is one planted defect; each must be found. REACH asks for something that must be possible. */

#ifndef MUTANT
#define MUTANT 0
#endif
#ifndef REACH
#define REACH 0
#endif

#define NO_DRAFT         (MUTANT == 1)  /* legs change the state itself, so a refused payment leaves the delivery */
#define NO_SEQUENCE      (MUTANT == 2)  /* a settlement that was committed is committed again */
#define NO_COVER         (MUTANT == 3)  /* frozen cash is paid with */
#define LEGS_APART       (MUTANT == 4)  /* each leg is a log entry of its own */
#define REPLAY_ON_TOP    (MUTANT == 5)  /* recovery replays onto the state before the crash */
#define DRAFT_REREAD     (MUTANT == 6)  /* the payment is not debited in the draft, but credited */
#define ACK_EARLY        (MUTANT == 7)  /* the receipt is given before the group is durable */

#define SETTLEMENTS 3
#define SECURITIES  2   /* less than the settlements want, so that legs are refused */
#define CASH        2
#define LOG_MAX     6
#define NONE        255

byte sellerSecurities = SECURITIES, buyerSecurities = 0;
byte sellerCash = 0, buyerCash = CASH;
byte frozen = 0;                     /* of the buyer's cash; not part of the log here, the environment's choice */
bool used[SETTLEMENTS];              /* sequence consumed */
byte times[SETTLEMENTS];             /* how often settled, in this state */
bool acknowledged[SETTLEMENTS];

byte entries[LOG_MAX];               /* settlement, or settlement + 8 for a second leg on its own */
byte size = 0, durable = 0;
byte crashes = 0, overPaid = 0;

inline reset() {
  sellerSecurities = SECURITIES; buyerSecurities = 0; sellerCash = 0; buyerCash = CASH;
  used[0] = false; used[1] = false; used[2] = false;
  times[0] = 0; times[1] = 0; times[2] = 0
}

inline deliver(n) { sellerSecurities--; buyerSecurities++; used[n] = true }
inline pay(n) { if :: DRAFT_REREAD -> skip :: else -> buyerCash-- fi; sellerCash++; times[n]++ }

#define AVAILABLE (NO_COVER || buyerCash >= 1 + frozen)
#define FRESH(n)  (NO_SEQUENCE || !used[n])

/* One settlement, decided and committed in memory, or refused. One actor: nobody sees what is between. */
inline decide(n) {
  if
  :: FRESH(n) && sellerSecurities >= 1 && buyerCash >= 1 && AVAILABLE && size < LOG_MAX - 1 ->
       if :: frozen > buyerCash - 1 -> overPaid = 1 :: else fi;
       if
       :: LEGS_APART -> deliver(n); pay(n); entries[size] = n; entries[size + 1] = n + 8; size = size + 2
       :: else -> deliver(n); pay(n); entries[size] = n; size++
       fi;
       if :: ACK_EARLY -> acknowledged[n] = true :: else fi
  :: NO_DRAFT && FRESH(n) && sellerSecurities >= 1 && !(buyerCash >= 1 && AVAILABLE) -> deliver(n)
  :: else -> skip                                                    /* refused: nothing has changed */
  fi
}

inline replay() {
  if :: REPLAY_ON_TOP -> skip :: else -> reset() fi;
  i = 0;
  do
  :: i < size ->
       if
       :: entries[i] >= 8 -> pay(entries[i] - 8)
       :: LEGS_APART && entries[i] < 8 -> deliver(entries[i])
       :: else -> deliver(entries[i]); pay(entries[i])
       fi;
       i++
  :: else -> break
  od;
  i = 0
}

inline check() {
  assert(sellerSecurities + buyerSecurities == SECURITIES);                        /* conservation */
  assert(sellerCash + buyerCash == CASH);
  assert(sellerSecurities <= SECURITIES && buyerCash <= CASH);                     /* nothing below zero */
  assert(buyerSecurities == sellerCash);                                           /* both legs or none */
  assert(times[0] <= 1 && times[1] <= 1 && times[2] <= 1);                         /* exactly once */
  assert(overPaid == 0);                                                           /* cover */
  assert(!acknowledged[0] || times[0] == 1);                                       /* a receipt lasts */
  assert(!acknowledged[1] || times[1] == 1);
  assert(!acknowledged[2] || times[2] == 1);
  assert(!(REACH == 1 && crashes == 1 && acknowledged[0] && acknowledged[2]));     /* settled on both sides of a crash */
  assert(!(REACH == 2 && frozen == 1 && times[1] == 1 && buyerCash == 1))          /* paid beside a freeze */
}

active proctype Ledger() {
  byte n, i = 0;
  do
  :: atomic { if :: n = 0 :: n = 1 :: n = 2 fi; decide(n); n = 0; check() }
  :: atomic { durable < size ->                                                    /* a group; entries are whole */
       durable++;
       if
       :: LEGS_APART && entries[durable - 1] < 8 -> skip                           /* half of it: no receipt yet */
       :: else -> acknowledged[entries[durable - 1] & 7] = true
       fi;
       check() }
  :: atomic { crashes < 2 ->                                                       /* memory is gone, the log is not */
       crashes++; size = durable; replay(); check() }
  :: atomic { frozen == 0 && buyerCash >= 1 -> frozen = 1 }
  :: atomic { frozen == 1 -> frozen = 0 }
  od
}
