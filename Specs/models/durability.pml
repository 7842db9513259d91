/* Durability and acknowledgement: decide, append, sync, mark, sync, acknowledge, sign a checkpoint; a crash anywhere.

   Entries are counted, and each has the number of the process that wrote it: what is written again at a position after
   a crash is another entry. The device keeps of what was not synced whatever it likes: of the log any prefix (a frame
   that is torn ends SQLite's log), of the mark's slot the old bytes, the new ones, or neither. A process that is killed
   loses its memory only; a power cut loses what was not synced too. A sync may fail once; then what it was to sync may
   be gone, and the next sync of the same data succeeds without having written them. Once, the device may lose a tail of
   the log that was synced.

   MUTANT is one planted defect; each must be found. REACH asks for something that must be possible. */

#ifndef MUTANT
#define MUTANT 0
#endif
#ifndef REACH
#define REACH 0
#endif

#define ACK_BEFORE_SYNC   (MUTANT == 1)  /* receipts after the write, before the sync of the log */
#define ACK_BEFORE_MARK   (MUTANT == 2)  /* receipts after the log's sync, before the mark's */
#define MARK_BEFORE_LOG   (MUTANT == 3)  /* the mark is written before the log is synced */
#define SIGN_MEMORY       (MUTANT == 4)  /* a checkpoint over what is decided, durable or not */
#define SYNC_AGAIN        (MUTANT == 5)  /* after a failed sync it is tried again, and believed */
#define ONE_SLOT          (MUTANT == 6)  /* the mark is overwritten in place */
#define NO_MARK_CHECK     (MUTANT == 7)  /* opening does not ask the mark */
#define NO_SYNC_ON_OPEN   (MUTANT == 8)  /* what a killed process left in the system's memory is believed durable */
#define NO_MARK_ON_OPEN   (MUTANT == 9)  /* entries beyond the mark are served, and the mark stays behind */
#define ACK_AFTER_FAILURE (MUTANT == 10) /* a failed group's receipts are given */
#define REFUSE_EARLY      (MUTANT == 11) /* a refusal is told before what it was decided upon is durable */
#define KEEP_MEMORY       (MUTANT == 12) /* recovery keeps what was decided and is not in the log */
#define NO_MARK_REWRITE   (MUTANT == 13) /* a mark that was left in the system's memory is believed durable */
#define SYNC_ONLY_ON_OPEN (MUTANT == 14) /* opening syncs the log that it finds, and does not write it anew */
#define MARK_SYNC_ONLY    (MUTANT == 15) /* opening syncs the mark that it finds, and does not write it anew */

#define SIZE_MAX 3
#define CRASHES_MAX 3

/* The store. Each entry of the log is the number of the process that wrote it. */
byte written = 0, synced = 0;            /* entries in the log file; of these, on the device */
bool spoiled = false;                    /* after a failed sync: the system holds pages that it will not write */
byte entries[SIZE_MAX];
byte slotSize[2];                        /* the mark's slots: entry count */
byte slotGeneration[2];
bool slotValid[2], slotSynced[2];
byte slotOld[2], slotOldGeneration[2];   /* what the device has of a slot that is not synced */
bool slotOldValid[2];
bool slotsSpoiled = false;               /* after a failed sync of the mark: as with the log */

/* The process. */
mtype = { closed, ready, committing, marking, told, stopped, refused };
mtype phase = closed;
byte process = 0;
byte decided = 0;                        /* entries in memory */
byte flushing = 0;                       /* end of the group that is on its way */
byte durable = 0;                        /* what the process believes durable */

/* What others know, for ever. */
byte acknowledged = 0;                   /* greatest size under a receipt, a refusal or a read */
byte shown[SIZE_MAX];                    /* the entries that they were told of */
byte failedSync = 0, lostTail = 0, crashes = 0;
bool isToldAfterFailure = false;

#define LATEST (slotValid[1] && (!slotValid[0] || slotGeneration[1] > slotGeneration[0]))
byte latest; byte next; byte i;

inline writeSlot(count) {
  latest = (LATEST -> 1 : 0);
  next = (ONE_SLOT -> 0 : 1 - latest);
  if
  :: slotSynced[next] ->
       slotOld[next] = slotSize[next]; slotOldGeneration[next] = slotGeneration[next];
       slotOldValid[next] = slotValid[next]
  :: else
  fi;
  slotGeneration[next] = slotGeneration[latest] + 1;
  slotSize[next] = count; slotValid[next] = true; slotSynced[next] = false;
  latest = 0; next = 0
}

inline syncSlots() { if :: slotsSpoiled -> skip :: else -> slotSynced[0] = true; slotSynced[1] = true fi }

/* Somebody is told of the first `count` entries. Whoever was told of an entry must find the same one for ever. */
inline tell(count) {
  i = 0;
  do
  :: i < count -> assert(i >= acknowledged || shown[i] == entries[i]); shown[i] = entries[i]; i++
  :: else -> break
  od;
  i = 0;
  if :: count > acknowledged -> acknowledged = count :: else fi;
  if :: phase == stopped -> isToldAfterFailure = true :: else fi
}

inline loseMemory() { phase = closed; decided = 0; flushing = 0; durable = 0 }

/* The device keeps any prefix of what was not synced, and of a slot the old, the new, or rubble. */
inline cutPower() {
  do
  :: written > synced -> written--
  :: break
  od;
  if :: spoiled -> written = synced :: else fi;
  synced = written; spoiled = false; slotsSpoiled = false;
  i = 0;
  do
  :: i < 2 ->
       if
       :: !slotSynced[i] ->
            if
            :: skip
            :: slotSize[i] = slotOld[i]; slotGeneration[i] = slotOldGeneration[i]; slotValid[i] = slotOldValid[i]
            :: slotValid[i] = false
            fi
       :: else
       fi;
       slotSynced[i] = true; slotOld[i] = 0; slotOldGeneration[i] = 0; slotOldValid[i] = false;
       i++
  :: else -> break
  od;
  i = 0
}

#define MARKED (LATEST -> slotSize[1] : slotSize[0])

inline open() {
  if
  :: !slotValid[0] && !slotValid[1] -> assert(lostTail); phase = refused           /* no mark: damage, or a defect */
  :: else ->
       if
       :: !NO_MARK_CHECK && written < MARKED ->
            assert(lostTail); phase = refused                                      /* refuses only what was lost */
       :: else ->
            process++;
            /* The log is copied into the database: written anew, then synced. */
            if
            :: NO_SYNC_ON_OPEN -> skip
            :: SYNC_ONLY_ON_OPEN -> if :: spoiled -> skip :: else -> synced = written fi
            :: else -> synced = written; spoiled = false
            fi;
            /* The newest slot is written anew in its place, and synced; entries beyond it get a mark. */
            if
            :: NO_MARK_REWRITE -> skip
            :: MARK_SYNC_ONLY -> syncSlots()
            :: else -> slotsSpoiled = false; syncSlots()
            fi;
            if
            :: !NO_MARK_ON_OPEN && written > MARKED -> writeSlot(written); syncSlots()
            :: else
            fi;
            decided = written; durable = written; phase = ready;
            if :: KEEP_MEMORY && written < SIZE_MAX -> durable = written + 1; decided = durable :: else fi;
            assert(acknowledged <= durable);                                       /* nothing that was told is gone */
            i = 0;
            do :: i < acknowledged -> assert(shown[i] == entries[i]); i++ :: else -> break od;
            i = 0
       fi
  fi
}

active proctype Ledger() {
  atomic { slotValid[0] = true; slotSynced[0] = true; slotSynced[1] = true; slotOldValid[0] = true }
  end: do
  :: atomic { phase == closed && process < CRASHES_MAX + 1 -> open() }

  /* Decide: memory only. Goes on while a group is on its way. */
  :: atomic { (phase == ready || phase == committing || phase == marking) && decided < SIZE_MAX -> decided++ }

  /* Append: the group is in the file, in the system's memory. */
  :: atomic { phase == ready && decided > durable ->
       flushing = decided;
       do :: written < flushing -> entries[written] = process; written++ :: else -> break od;
       if :: MARK_BEFORE_LOG -> writeSlot(flushing); syncSlots() :: else fi;
       if :: ACK_BEFORE_SYNC -> tell(flushing) :: else fi;
       phase = committing }

  /* Sync of the log, which may fail once. */
  :: atomic { phase == committing -> if :: spoiled -> skip :: else -> synced = written fi; phase = marking;
       if :: ACK_BEFORE_MARK -> tell(flushing) :: else fi }
  :: atomic { phase == committing && failedSync == 0 ->
       failedSync = 1; spoiled = true;
       if :: SYNC_AGAIN -> skip :: else -> phase = stopped fi;
       if :: ACK_AFTER_FAILURE -> tell(flushing) :: else fi }

  /* The mark, its sync, and only then the results. */
  :: atomic { phase == marking -> if :: MARK_BEFORE_LOG -> skip :: else -> writeSlot(flushing) fi; phase = told }
  :: atomic { phase == told -> syncSlots(); durable = flushing; tell(durable); phase = ready }
  :: atomic { phase == told && failedSync == 0 -> failedSync = 1; slotsSpoiled = true; phase = stopped;
       if :: ACK_AFTER_FAILURE -> tell(flushing) :: else fi }

  /* A checkpoint, a read, a first receipt given again: of what is durable. */
  :: atomic { phase == ready && durable > 0 -> tell(durable) }
  :: atomic { SIGN_MEMORY && phase == committing && decided == written -> tell(decided) }
  :: atomic { REFUSE_EARLY && phase == committing -> tell(flushing) }

  /* Killed: memory goes. Power: what was not synced goes too. */
  :: atomic { crashes < CRASHES_MAX && phase != closed && phase != refused -> crashes++; loseMemory() }
  :: atomic { crashes < CRASHES_MAX && phase != closed && phase != refused -> crashes++; loseMemory(); cutPower() }

  /* The device loses what it had: only the mark can tell. */
  :: atomic { phase == closed && lostTail == 0 && synced > 0 && written == synced ->
       lostTail = 1; written--; synced-- }

  :: atomic { phase == closed && process == CRASHES_MAX + 1 -> break }
  :: atomic { phase == refused -> break }
  od
}

/* Asked after every step. */
active proctype Observer() {
  end: do
  :: atomic { isToldAfterFailure -> assert(false) }
  :: atomic { REACH == 1 && acknowledged == SIZE_MAX && shown[0] != shown[2] && crashes > 1 -> assert(false) }
  :: atomic { REACH == 2 && phase == refused && lostTail == 1 -> assert(false) }
  :: atomic { REACH == 3 && failedSync == 1 && phase == ready && acknowledged == SIZE_MAX && crashes > 0 ->
       assert(false) }
  od
}
