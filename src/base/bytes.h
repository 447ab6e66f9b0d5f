/* Numbers in bytes and back, little end first on every machine. A reader trusts nothing: what is not
 * there reads as zero and leaves a mark. */
#ifndef FPLI_BYTES_H
#define FPLI_BYTES_H

#include <fahrplan/count.h>

/* Bytes in the making. All zero: none yet. */
typedef struct fpli_bytes {
    unsigned char *items;
    size_t n, capacity;
    bool broken; /* there was no memory for something */
} fpli_bytes;

void fpli_bytes_clear(fpli_bytes *bytes);
void fpli_bytes_put(fpli_bytes *bytes, const void *items, size_t n);

/* The low `size` bytes of a number, at most 8. */
void fpli_bytes_put_number(fpli_bytes *bytes, uint64_t number, size_t size);
void fpli_bytes_put_count(fpli_bytes *bytes, const fpl_count *count);

typedef struct fpli_reader {
    const unsigned char *at;
    size_t n; /* left */
    bool broken;
} fpli_reader;

/* The next n bytes; NULL if there are fewer. */
const unsigned char *fpli_take(fpli_reader *reader, size_t n);
uint64_t fpli_take_number(fpli_reader *reader, size_t size);

/* FPL_E_MEMORY, FPL_E_OVERFLOW. What cannot be a count marks the reader as broken. */
fpl_status fpli_take_count(fpli_reader *reader, fpl_count *count);

/* A hash for finding damage, to be continued from its last value; begin with FPLI_SUM. */
#define FPLI_SUM 0xcbf29ce484222325u
uint64_t fpli_sum(uint64_t sum, const void *items, size_t n);

#endif
