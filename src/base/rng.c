/* xorshift128+ (S. Vigna, "Further scramblings of Marsaglia's xorshift generators", 2017), seeded
 * by splitmix64 from the seed and the name of the stream. */
#include "base/rng.h"

static uint64_t splitmix(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

void fpli_rng_start(fpli_rng *rng, uint64_t seed, const char *purpose)
{
    uint64_t state = seed;
    for (const char *c = purpose; *c != '\0'; c++) {
        state ^= (unsigned char)*c;
        splitmix(&state);
    }
    rng->state[0] = splitmix(&state);
    rng->state[1] = splitmix(&state) | 1; /* never all zero */
}

void fpli_rng_start_at(fpli_rng *rng, uint64_t seed, const char *purpose, uint64_t number)
{
    fpli_rng_start(rng, seed, purpose);
    uint64_t state = rng->state[0] ^ number;
    state = splitmix(&state) ^ rng->state[1];
    rng->state[0] = splitmix(&state);
    rng->state[1] = splitmix(&state) | 1;
}

uint64_t fpli_rng_next(fpli_rng *rng)
{
    uint64_t a = rng->state[0];
    const uint64_t b = rng->state[1];
    rng->state[0] = b;
    a ^= a << 23;
    rng->state[1] = a ^ b ^ a >> 18 ^ b >> 5;
    return rng->state[1] + b;
}

uint64_t fpli_rng_below(fpli_rng *rng, uint64_t n)
{
    const uint64_t whole = UINT64_MAX -
                           UINT64_MAX % n; /* draws beyond would favour small results */
    uint64_t draw;
    do draw = fpli_rng_next(rng);
    while (draw >= whole);
    return draw % n;
}

double fpli_rng_unit(fpli_rng *rng)
{
    return (double)(fpli_rng_next(rng) >> 11) * 0x1p-53;
}
