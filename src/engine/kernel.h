/* The inner loops of the search, on arrays of 16- or 32-bit lanes. Plain C, AVX2 and AVX-512 give the
 * same results; which one runs is decided when a solver is made. */
#ifndef FPLI_KERNEL_H
#define FPLI_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FPLI_LANES_ALIGN = 64, /* lane counts are multiples: one word of a mask */
    FPLI_WEIGHT_CAP = 63
};

/* n: number of lanes, a multiple of FPLI_LANES_ALIGN; arrays are aligned to 64 bytes. */
typedef struct fpli_kernel {
    const char *name;

    /* to = from + plus - minus; negative: one bit a lane, set where to < 0. to may be from. */
    void (*move)(void *to, const void *from, const void *plus, const void *minus,
                 size_t n, uint64_t *negative);

    /* to = max(to, row). */
    void (*raise)(void *to, const void *row, size_t n);

    /* weight: 0..122, about the cube of how near (lane >> shift) is to zero; 0 where it is at or
     * beyond FPLI_WEIGHT_CAP and where the lane's bit in `live` is not set. */
    void (*weigh)(uint8_t *weight, const void *lanes, const uint64_t *live, size_t n,
                  int shift);

    /* Sum of weight times loss, modulo 2^32; losses are 0..127. */
    uint32_t (*expect)(const uint8_t *weight, const int8_t *loss, size_t n);
} fpli_kernel;

typedef enum fpli_level_of_vectors {
    FPLI_SCALAR,
    FPLI_AVX2,
    FPLI_AVX512,
    FPLI_VECTORS_END
} fpli_level_of_vectors;

/* The kernel for lanes of `bytes` (2 or 4) at a level; NULL if this processor or build has not got
 * it. */
const fpli_kernel *fpli_kernel_get(fpli_level_of_vectors level, int bytes);

/* The best one here. */
const fpli_kernel *fpli_kernel_best(int bytes);

#endif
