/* Brent's way to find where steps end. */
#include "engine/settle.h"

#include "base/mem.h"
#include "base/status.h"

#include <string.h>

#define CYCLE_MAX ((size_t)1 << 20)
enum { RANDOM_STEPS_MAX = 1 << 16 };

fpl_status fpli_settler_new(fpli_settler *settler, const fpl_model *model,
                            const fpl_dynamics *dynamics, fpl_error *error)
{
    *settler = (fpli_settler){0};
    const fpl_status status = fpli_walk_new(&settler->walk, model, dynamics, NULL, 0,
                                            error);
    if (status != FPL_OK) return status;
    settler->start = fpli_walk_place(&settler->walk);
    settler->slow = fpli_walk_place(&settler->walk);
    settler->fast = fpli_walk_place(&settler->walk);
    return settler->start == NULL || settler->slow == NULL || settler->fast == NULL
               ? fpli_no_memory(error)
               : FPL_OK;
}

void fpli_settler_clear(fpli_settler *settler)
{
    fpli_walk_clear(&settler->walk);
    fpli_free(settler->start);
    fpli_free(settler->slow);
    fpli_free(settler->fast);
    fpli_free(settler->members);
    *settler = (fpli_settler){0};
}

/* The number of steps that two walkers, the fast one `lead` ahead, take until they meet: where the
 * cycle is entered. */
static uint64_t enter_cycle(fpli_settler *s, size_t lead)
{
    const size_t size = s->walk.place_size;
    uint64_t steps = 0;
    memcpy(s->slow, s->start, size);
    memcpy(s->fast, s->start, size);
    for (size_t i = 0; i < lead; i++) fpli_walk_step(&s->walk, s->fast);
    for (; memcmp(s->slow, s->fast, size) != 0; steps++) {
        fpli_walk_step(&s->walk, s->slow);
        fpli_walk_step(&s->walk, s->fast);
    }
    return steps;
}

/* The length of the cycle that the walk from `start` ends in, 1 for a rest, and the steps that lead
 * to it; slow stands where it is entered. */
static size_t find_cycle(fpli_settler *s, uint64_t *steps)
{
    const size_t size = s->walk.place_size;
    size_t power = 1, length = 0;
    memcpy(s->slow, s->start, size);
    memcpy(s->fast, s->start, size);
    for (*steps = 0;; ++*steps) {
        if (power == length) {
            memcpy(s->slow, s->fast, size);
            power *= 2;
            length = 0;
        }
        if (!fpli_walk_step(&s->walk, s->fast)) {
            memcpy(s->slow, s->fast, size);
            return 1;
        }
        length++;
        if (memcmp(s->slow, s->fast, size) == 0) break;
    }
    *steps = enter_cycle(s, length);
    return length;
}

/* A random order never repeats itself: only rest ends it. Returns 0 if there is none in time. */
static size_t find_rest(fpli_settler *s, uint64_t *steps)
{
    memcpy(s->slow, s->start, s->walk.place_size);
    for (*steps = 0; *steps < RANDOM_STEPS_MAX; ++*steps)
        if (!fpli_walk_step(&s->walk, s->slow)) return 1;
    return 0;
}

static fpl_status list_members(fpli_settler *s, size_t length, fpl_error *error)
{
    const size_t n = s->walk.n;
    if (length > CYCLE_MAX)
        return fpli_fail(error, FPL_E_OVERFLOW,
                         "succession ends in a cycle of %zu scenarios", length);
    if (length > s->capacity || s->members == NULL) {
        const size_t wanted = length == 0 ? 1 : length;
        uint16_t *larger = fpli_resize(s->members, wanted * n, sizeof *larger);
        if (larger == NULL) return fpli_no_memory(error);
        s->members = larger;
        s->capacity = wanted;
    }
    for (size_t i = 0; i < length; i++) {
        memcpy(s->members + i * n, s->slow, n * sizeof *s->members);
        if (length > 1) fpli_walk_step(&s->walk, s->slow);
    }
    return FPL_OK;
}

fpl_status fpli_settle(fpli_settler *settler, const fpl_fixing *held, int n_held,
                       const uint16_t *z, fpl_attractor *attractor, fpl_error *error)
{
    fpl_status status = fpli_walk_hold(&settler->walk, held, n_held, error);
    if (status != FPL_OK) return status;
    fpli_walk_begin(&settler->walk, held, n_held, z, settler->start);
    settler->walk.number = 0;
    uint64_t steps = 0;
    const bool random = settler->walk.dynamics->rule == FPL_SUCCESSION_RANDOM;
    const size_t length = random ? find_rest(settler, &steps)
                                 : find_cycle(settler, &steps);
    status = list_members(settler, length, error);
    if (status != FPL_OK) return status;
    *attractor = (fpl_attractor){settler->members, length, steps, (int)settler->walk.n};
    return FPL_OK;
}

fpl_status fpl_settle(const fpl_model *model, const fpl_dynamics *dynamics,
                      const fpl_fixing *held, int n_held, const uint16_t *z,
                      fpl_attractor *attractor, fpl_error *error)
{
    fpli_settler settler;
    fpl_attractor found = {0};
    fpl_status status = fpli_settler_new(&settler, model, dynamics, error);
    if (status == FPL_OK) status = fpli_settle(&settler, held, n_held, z, &found, error);
    if (status == FPL_OK) {
        *attractor = found;
        settler.members = NULL; /* the caller's now */
    }
    fpli_settler_clear(&settler);
    return status;
}

void fpl_attractor_clear(fpl_attractor *attractor)
{
    fpli_free(attractor->members);
    memset(attractor, 0, sizeof *attractor);
}
