/* What was counted before: a table from keys to counts that never grows beyond a number of bytes.
 *
 * Keys are compared in full. When the table is full, what took least work to find makes room; so an
 * answer can be missing, never wrong, and which ones are there depends on the calls alone. */
#ifndef FPLI_MEMO_H
#define FPLI_MEMO_H

#include <fahrplan/count.h>

typedef struct fpli_memo fpli_memo;

/* max_bytes: all that the table may take, at least a few kilobytes whatever is asked for. */
fpl_status fpli_memo_new(size_t max_bytes, fpli_memo **memo);
void fpli_memo_free(fpli_memo *memo);

/* *count = the value kept under the key. *found: whether there is one. FPL_E_MEMORY. */
fpl_status fpli_memo_get(const fpli_memo *memo, const void *key, size_t size,
                         fpl_count *count, bool *found);

/* Keep a value under a key that is not there yet. work: what it took to find. FPL_E_MEMORY. */
fpl_status fpli_memo_put(fpli_memo *memo, const void *key, size_t size, uint64_t work,
                         const fpl_count *count);

/* Bytes taken now. */
size_t fpli_memo_bytes(const fpli_memo *memo);

#endif
