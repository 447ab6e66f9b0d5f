/* Random draws: seeded, one named stream a purpose, the same on every machine. */
#ifndef FPLI_RNG_H
#define FPLI_RNG_H

#include <stdint.h>

typedef struct fpli_rng {
    uint64_t state[2];
} fpli_rng;

/* The stream called `purpose` of a seed. */
void fpli_rng_start(fpli_rng *rng, uint64_t seed, const char *purpose);

/* The stream with a number among those of one purpose, unlike its neighbours. */
void fpli_rng_start_at(fpli_rng *rng, uint64_t seed, const char *purpose,
                       uint64_t number);
uint64_t fpli_rng_next(fpli_rng *rng);

/* Uniform in 0..n-1, without bias; n > 0. */
uint64_t fpli_rng_below(fpli_rng *rng, uint64_t n);

/* Uniform in [0, 1), 53 bits. */
double fpli_rng_unit(fpli_rng *rng);

#endif
