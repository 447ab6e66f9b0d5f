/* Tipping by drivers: rows of the roadmap and the moves between them; tipping of a state: changes by
 * number until succession settles elsewhere. method.md, M7.4. */
#include <fahrplan/tipping.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

/* ---- drivers ------------------------------------------------------------------------------- */

/* Every row between two rows exists, so the fewest moves are the sum over drivers. */
static int moves_between(const fpl_model *model, const fpl_roadmap *roadmap,
                         const fpl_row *a, const fpl_row *b)
{
    int moves = 0;
    for (int i = 0; i < fpl_roadmap_n_drivers(roadmap); i++) {
        const int apart = abs((int)a->drivers[i] - (int)b->drivers[i]);
        const int driver = fpl_roadmap_drivers(roadmap)[i];
        moves += fpl_model_is_ordered(model, driver) ? apart : apart != 0;
    }
    return moves;
}

static size_t row_of(const fpl_model *model, const fpl_roadmap *roadmap,
                     const uint16_t *z)
{
    size_t row = 0;
    for (int i = 0; i < fpl_roadmap_n_drivers(roadmap); i++) {
        const int driver = fpl_roadmap_drivers(roadmap)[i];
        row = row * (size_t)fpl_model_n_variants(model, driver) + z[driver];
    }
    return row;
}

static bool is_wanted(const fpl_row *from, const fpl_row *row, int level)
{
    if (level >= 0) return row->possible >> level & 1;
    return row->default_cycle > 0 && row->default_levels != from->default_levels;
}

fpl_status fpl_driver_tipping_find(const fpl_model *model, const fpl_roadmap *roadmap,
                                   const uint16_t *z, int level,
                                   fpl_driver_tipping *tipping, fpl_error *error)
{
    const int k = fpl_model_n_variants(model, fpl_model_level(model));
    if (level >= k)
        return fpli_fail(error, FPL_E_ARGUMENT, "there is no variant %d of descriptor %d",
                         level, fpl_model_level(model));
    const size_t n = fpl_roadmap_n_rows(roadmap);
    fpl_driver_tipping made = {.distance = -1, .from = row_of(model, roadmap, z)};
    const fpl_row *from = fpl_roadmap_row(roadmap, made.from);
    made.rows = fpli_new(n, sizeof *made.rows);
    if (made.rows == NULL) return fpli_no_memory(error);
    for (size_t r = 0; r < n; r++) {
        const fpl_row *row = fpl_roadmap_row(roadmap, r);
        if (!is_wanted(from, row, level)) continue;
        const int moves = moves_between(model, roadmap, from, row);
        if (made.distance >= 0 && moves > made.distance) continue;
        if (moves < made.distance) made.n_rows = 0;
        made.distance = moves;
        made.rows[made.n_rows++] = r;
    }
    *tipping = made;
    return FPL_OK;
}

void fpl_driver_tipping_clear(fpl_driver_tipping *tipping)
{
    fpli_free(tipping->rows);
    *tipping = (fpl_driver_tipping){.distance = -1};
}

/* ---- state --------------------------------------------------------------------------------- */

struct fpl_state_tipping {
    fpli_arena *arena;
    fpl_state_change *items;
    size_t n, capacity;
    int distance;
    fpl_stop stop;
};

typedef struct push {
    fpl_state_tipping *made;
    const fpl_model *model;
    const fpl_dynamics *dynamics;
    const uint16_t *from;
    size_t n;
    uint64_t cap;
    fpli_watch watch;
    fpl_attractor home;
    uint16_t *z;
    fpl_fixing changes[FPL_CHANGES_MAX];
    fpl_error *error;
} push;

/* Attractors share no scenario: one member tells. */
static bool is_home(const push *p, const fpl_attractor *a)
{
    if (a->length != p->home.length) return false;
    for (size_t i = 0; i < p->home.length; i++)
        if (memcmp(p->home.members + i * p->n, a->members, p->n * sizeof *a->members) ==
            0)
            return true;
    return false;
}

static fpl_status keep(push *p, int size, const fpl_attractor *a)
{
    fpl_state_tipping *made = p->made;
    if (p->cap > 0 && made->n >= p->cap) {
        made->stop = FPL_STOPPED_CAP;
        return FPL_OK;
    }
    fpl_fixing *changes = fpli_arena_alloc(made->arena, (size_t)size, sizeof *changes);
    uint16_t *to = fpli_arena_alloc(made->arena, p->n, sizeof *to);
    if (changes == NULL || to == NULL ||
        !fpli_grow((void **)&made->items, made->n, &made->capacity, sizeof *made->items))
        return FPL_E_MEMORY;
    memcpy(changes, p->changes, (size_t)size * sizeof *changes);
    memcpy(to, a->members, p->n * sizeof *to);
    made->items[made->n++] = (fpl_state_change){changes, to, a->length};
    made->distance = size;
    return FPL_OK;
}

static fpl_status try_change(push *p, int size)
{
    fpl_attractor a = {0};
    p->made->stop = fpli_watch_look(&p->watch);
    if (p->made->stop != FPL_COMPLETE) return FPL_OK;
    fpl_status status = fpl_settle(p->model, p->dynamics, NULL, 0, p->z, &a, p->error);
    if (status == FPL_OK && a.length > 0 && !is_home(p, &a)) status = keep(p, size, &a);
    fpl_attractor_clear(&a);
    return status;
}

/* All changes of `size` descriptors, of which `done` are made, the next from `least` on. */
static fpl_status try_changes(push *p, int size, int done, int least)
{
    fpl_status status = FPL_OK;
    if (done == size) return try_change(p, size);
    for (int d = least; d < (int)p->n; d++) {
        for (int v = 0; v < fpl_model_n_variants(p->model, d); v++) {
            if (v == p->from[d]) continue;
            p->changes[done] = (fpl_fixing){(uint16_t)d, (uint16_t)v};
            p->z[d] = (uint16_t)v;
            status = try_changes(p, size, done + 1, d + 1);
            if (status != FPL_OK || p->made->stop != FPL_COMPLETE) return status;
        }
        p->z[d] = p->from[d];
    }
    return FPL_OK;
}

fpl_status fpl_state_tipping_find(const fpl_model *model, const uint16_t *z,
                                  const fpl_state_options *options,
                                  const fpl_limits *limits, fpl_state_tipping **tipping,
                                  fpl_error *error)
{
    const fpl_state_options usual = {0};
    fpl_status status = FPL_OK;
    if (options == NULL) options = &usual;
    if (options->max_changes < 0 || options->max_changes > FPL_CHANGES_MAX)
        return fpli_fail(error, FPL_E_ARGUMENT, "changes at once are 1 to %d, not %d",
                         FPL_CHANGES_MAX, options->max_changes);
    const int most = options->max_changes == 0 ? 2 : options->max_changes;
    push p = {.made = fpli_new(1, sizeof *p.made),
              .model = model,
              .dynamics = &options->dynamics,
              .from = z,
              .n = (size_t)fpl_model_n_descriptors(model),
              .cap = limits == NULL ? 0 : limits->cap,
              .error = error};
    if (p.made == NULL) return fpli_no_memory(error);
    fpli_watch_start(&p.watch, limits);
    p.made->distance = -1;
    p.made->arena = fpli_arena_new();
    p.z = fpli_new(p.n, sizeof *p.z);
    FPL_TRY(p.made->arena == NULL || p.z == NULL ? FPL_E_MEMORY : FPL_OK);
    memcpy(p.z, z, p.n * sizeof *z);
    FPL_TRY(fpl_settle(model, p.dynamics, NULL, 0, z, &p.home, error));
    for (int size = 1; size <= most && p.made->n == 0 && p.home.length > 0; size++) {
        FPL_TRY(try_changes(&p, size, 0, 0));
        if (p.made->stop != FPL_COMPLETE) break;
    }
    *tipping = p.made;
    p.made = NULL;
out:
    fpl_attractor_clear(&p.home);
    fpl_state_tipping_free(p.made);
    fpli_free(p.z);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_state_tipping_free(fpl_state_tipping *tipping)
{
    if (tipping == NULL) return;
    fpli_arena_free(tipping->arena);
    fpli_free(tipping->items);
    fpli_free(tipping);
}

int fpl_state_tipping_distance(const fpl_state_tipping *tipping)
{
    return tipping->distance;
}

size_t fpl_state_tipping_n(const fpl_state_tipping *tipping)
{
    return tipping->n;
}

const fpl_state_change *fpl_state_tipping_get(const fpl_state_tipping *tipping,
                                              size_t index)
{
    return &tipping->items[index];
}

fpl_stop fpl_state_tipping_stop(const fpl_state_tipping *tipping)
{
    return tipping->stop;
}
