/* The inside of a checkpoint: a head that says what it belongs to, then records, each with a checksum.
 * Records are appended; a torn or damaged one ends the file. docs/design/0010.
 *
 * The engine numbers the parts of a call and gives each record the number of its part. Appending is
 * safe from any thread. */
#ifndef FPLI_CHECKPOINT_H
#define FPLI_CHECKPOINT_H

#include "base/bytes.h"

#include <fahrplan/limits.h>

/* What a checkpoint belongs to. Words without blanks or line ends. */
typedef struct fpli_binding {
    const char *version;  /* of the library */
    const char *model;    /* digest */
    const char *task;     /* "count" */
    const char *question; /* digest of all that decides the answer but the model */
} fpli_binding;

/* Begin a call. limits may be NULL or without a checkpoint: then nothing is kept. */
fpl_status fpli_checkpoint_begin(const fpl_limits *limits, const fpli_binding *binding,
                                 fpl_error *error);

/* End it. Returns status, or the complaint about what went wrong with the file. */
fpl_status fpli_checkpoint_end(const fpl_limits *limits, fpl_status status,
                               fpl_error *error);

/* The checkpoint of a call that has begun; NULL otherwise. What follows wants one, not NULL. */
fpl_checkpoint *fpli_checkpoint_of(const fpl_limits *limits);

/* Hand over the records of a part that were in the file when it was opened, in order. A reader that
 * `take` leaves broken or unread ends it with FPL_E_SYNTAX. Before anything is replaced. */
fpl_status fpli_checkpoint_replay(fpl_checkpoint *checkpoint, uint32_t part,
                                  fpl_status (*take)(void *context, fpli_reader *reader),
                                  void *context);

/* What was replayed does not fit after all. Returns FPL_E_SYNTAX. */
fpl_status fpli_checkpoint_refuse(fpl_checkpoint *checkpoint);

/* Append one record. FPL_E_IO: the call should end. FPL_E_MEMORY if bytes are broken. */
fpl_status fpli_checkpoint_append(fpl_checkpoint *checkpoint, uint32_t part,
                                  const fpli_bytes *bytes);

/* Instead of appending: what is appended between these two replaces all that is in the file, at once,
 * when it is safe on disk. */
fpl_status fpli_checkpoint_restart(fpl_checkpoint *checkpoint);
fpl_status fpli_checkpoint_commit(fpl_checkpoint *checkpoint);

/* Whether it is time to keep something again: a second after *last_ms, which is set to now then, or
 * much later where replacing the file takes long. */
bool fpli_checkpoint_is_due(const fpl_checkpoint *checkpoint, int64_t *last_ms);

/* Bytes in the file. */
uint64_t fpli_checkpoint_size(const fpl_checkpoint *checkpoint);

/* For tests: keep something as often as possible; let the n-th record from now fail for lack of space
 * (0: none), as a kill at that moment would leave the file. */
void fpli_checkpoint_hurry(fpl_checkpoint *checkpoint, uint64_t fail_at);
bool fpli_checkpoint_is_hurried(const fpl_checkpoint *checkpoint);

#endif
