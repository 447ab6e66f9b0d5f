/* Minimal traps, method.md M8.2. A trap is grown from one variant: as long as some member may come to
 * prefer a rival, every trap around it holds something that helps against that rival at worst. */
#include "base/clock.h"
#include "base/mem.h"
#include "base/status.h"
#include "engine/pool.h"

#include <fahrplan/balance.h>
#include <fahrplan/loops.h>

#include <stdlib.h>
#include <string.h>

enum { USUAL_SIZE = 3, LOOK_EVERY = 512 };

struct fpl_traps {
    fpli_arena *arena; /* the members */
    fpl_trap *items;
    size_t n, capacity;
    fpl_stop stop;
};

typedef struct grower {
    const fpl_model *model;
    fpl_traps *traps;
    fpli_pool seen; /* assignments looked at */
    fpli_watch watch;
    uint16_t *assigned; /* n: 1 + variant, 0: free */
    int32_t *gains;     /* work space, n */
    int n, max_size, size;
    uint64_t steps, cap;
    fpl_status status;
} grower;

/* ---- the worst case ------------------------------------------------------------------------- */

/* What i contributes to b of j against c, at worst and at best if it is free. */
static void span(const grower *g, int i, int j, int b, int c, int32_t *least,
                 int32_t *most)
{
    *least = INT32_MAX;
    *most = INT32_MIN;
    for (int a = 0; a < fpl_model_n_variants(g->model, i); a++) {
        const int32_t d = fpl_model_judgement(g->model, i, a, j, b) -
                          fpl_model_judgement(g->model, i, a, j, c);
        if (d < *least) *least = d;
        if (d > *most) *most = d;
    }
}

static int32_t contribution(const grower *g, int i, int j, int b, int c)
{
    int32_t least = 0, most = 0;
    if (i == j || g->assigned[i] != 0) {
        const int a = i == j ? b : g->assigned[i] - 1;
        return fpl_model_judgement(g->model, i, a, j, b) -
               fpl_model_judgement(g->model, i, a, j, c);
    }
    span(g, i, j, b, c, &least, &most);
    return least;
}

static int32_t margin(const grower *g, int j, int c)
{
    const int b = g->assigned[j] - 1;
    int32_t sum = 0;
    for (int i = 0; i < g->n; i++) sum += contribution(g, i, j, b, c);
    return sum;
}

typedef struct quarrel { /* a member and the rival that it may come to prefer */
    int member, rival;
    int32_t margin;
} quarrel;

static int descending(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return x < y ? 1 : x > y ? -1 : 0;
}

/* Whether as many more members as are allowed could make up for a margin. */
static bool can_be_met(grower *g, const quarrel *q)
{
    const int b = g->assigned[q->member] - 1;
    int n = 0;
    int64_t best = q->margin;
    for (int i = 0; i < g->n; i++) {
        int32_t least = 0, most = 0;
        if (i == q->member || g->assigned[i] != 0) continue;
        span(g, i, q->member, b, q->rival, &least, &most);
        if (most > least) g->gains[n++] = most - least;
    }
    qsort(g->gains, (size_t)n, sizeof *g->gains, descending);
    for (int i = 0; i < n && i < g->max_size - g->size; i++) best += g->gains[i];
    return best >= 0;
}

/* The worst quarrel; margin >= 0: there is none. False: some quarrel cannot be met. */
static bool find_quarrel(grower *g, quarrel *worst)
{
    *worst = (quarrel){-1, -1, FPL_INFINITE};
    for (int j = 0; j < g->n; j++) {
        if (g->assigned[j] == 0) continue;
        for (int c = 0; c < fpl_model_n_variants(g->model, j); c++) {
            if (c == g->assigned[j] - 1) continue;
            const quarrel q = {j, c, margin(g, j, c)};
            if (q.margin < worst->margin) *worst = q;
            if (q.margin < 0 && !can_be_met(g, &q)) return false;
        }
    }
    return true;
}

/* ---- growing -------------------------------------------------------------------------------- */

static bool keep_trap(grower *g, int32_t slack)
{
    fpl_traps *t = g->traps;
    int n = 0;
    fpl_fixing *members = fpli_arena_alloc(t->arena, (size_t)g->size, sizeof *members);
    if (members == NULL ||
        !fpli_grow((void **)&t->items, t->n, &t->capacity, sizeof *t->items))
        return false;
    for (int d = 0; d < g->n; d++)
        if (g->assigned[d] != 0)
            members[n++] = (fpl_fixing){(uint16_t)d, (uint16_t)(g->assigned[d] - 1)};
    t->items[t->n++] = (fpl_trap){members, n, slack};
    return true;
}

static bool has_to_stop(grower *g)
{
    if (g->traps->stop == FPL_COMPLETE && ++g->steps % LOOK_EVERY == 0)
        g->traps->stop = fpli_watch_look(&g->watch);
    return g->status != FPL_OK || g->traps->stop != FPL_COMPLETE;
}

static void grow(grower *g)
{
    uint32_t number = 0;
    bool is_new = false;
    quarrel q;
    if (has_to_stop(g)) return;
    g->status = fpli_pool_add(&g->seen, g->assigned, &number, &is_new);
    if (g->status != FPL_OK || !is_new || !find_quarrel(g, &q)) return;
    if (q.margin >= 0) {
        if (!keep_trap(g, q.margin)) g->status = FPL_E_MEMORY;
        return;
    }
    const int b = g->assigned[q.member] - 1;
    for (int i = 0; i < g->n; i++) {
        int32_t least = 0, most = 0;
        if (g->assigned[i] != 0) continue;
        span(g, i, q.member, b, q.rival, &least, &most);
        for (int a = 0; a < fpl_model_n_variants(g->model, i) && most > least; a++) {
            const int32_t d = fpl_model_judgement(g->model, i, a, q.member, b) -
                              fpl_model_judgement(g->model, i, a, q.member, q.rival);
            if (d <= least) continue;
            g->assigned[i] = (uint16_t)(a + 1);
            g->size++;
            grow(g);
            g->size--;
            g->assigned[i] = 0;
        }
    }
}

static void grow_all(grower *g)
{
    for (int d = 0; d < g->n && g->status == FPL_OK; d++) {
        if (fpl_model_n_variants(g->model, d) < 2) continue;
        for (int v = 0; v < fpl_model_n_variants(g->model, d); v++) {
            g->assigned[d] = (uint16_t)(v + 1);
            g->size = 1;
            grow(g);
            g->assigned[d] = 0;
        }
    }
}

/* ---- minimal ones --------------------------------------------------------------------------- */

static int by_size_then_members(const void *left, const void *right)
{
    const fpl_trap *a = left, *b = right;
    if (a->n != b->n) return a->n < b->n ? -1 : 1;
    for (int i = 0; i < a->n; i++) {
        const fpl_fixing *x = &a->members[i], *y = &b->members[i];
        if (x->descriptor != y->descriptor) return x->descriptor < y->descriptor ? -1 : 1;
        if (x->variant != y->variant) return x->variant < y->variant ? -1 : 1;
    }
    return 0;
}

static bool is_part(const fpl_trap *part, const fpl_trap *whole)
{
    int found = 0;
    for (int i = 0, j = 0; i < part->n && j < whole->n; j++) {
        const fpl_fixing *x = &part->members[i], *y = &whole->members[j];
        if (x->descriptor != y->descriptor) continue;
        if (x->variant != y->variant) return false;
        found++;
        i++;
    }
    return found == part->n;
}

static void keep_minimal(fpl_traps *t, uint64_t cap)
{
    size_t kept = 0;
    if (t->n > 0) qsort(t->items, t->n, sizeof *t->items, by_size_then_members);
    for (size_t i = 0; i < t->n; i++) {
        bool minimal = true;
        for (size_t k = 0; k < kept && minimal; k++)
            minimal = !is_part(&t->items[k], &t->items[i]);
        if (!minimal) continue;
        if (cap > 0 && kept == cap) {
            if (t->stop == FPL_COMPLETE) t->stop = FPL_STOPPED_CAP;
            break;
        }
        t->items[kept++] = t->items[i];
    }
    t->n = kept;
}

fpl_status fpl_traps_find(const fpl_model *model, int max_size, const fpl_limits *limits,
                          fpl_traps **traps, fpl_error *error)
{
    fpl_status status = FPL_OK;
    grower g = {.model = model,
                .n = fpl_model_n_descriptors(model),
                .max_size = max_size == 0 ? USUAL_SIZE : max_size,
                .cap = limits == NULL ? 0 : limits->cap};
    if (max_size < 0 || max_size > FPL_TRAP_MOST)
        return fpli_fail(error, FPL_E_ARGUMENT, "a trap has 1 to %d descriptors here",
                         FPL_TRAP_MOST);
    fpli_watch_start(&g.watch, limits);
    g.traps = fpli_new(1, sizeof *g.traps);
    FPL_TRY(g.traps == NULL ? FPL_E_MEMORY : FPL_OK);
    g.traps->arena = fpli_arena_new();
    g.assigned = fpli_new((size_t)g.n, sizeof *g.assigned);
    g.gains = fpli_new((size_t)g.n, sizeof *g.gains);
    FPL_TRY(g.traps->arena == NULL || g.assigned == NULL || g.gains == NULL ? FPL_E_MEMORY
                                                                            : FPL_OK);
    FPL_TRY(fpli_pool_new(&g.seen, (size_t)g.n));
    grow_all(&g);
    FPL_TRY(g.status);
    keep_minimal(g.traps, g.cap);
    *traps = g.traps;
    g.traps = NULL;
out:
    fpl_traps_free(g.traps);
    fpli_pool_clear(&g.seen);
    fpli_free(g.assigned);
    fpli_free(g.gains);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_traps_free(fpl_traps *traps)
{
    if (traps == NULL) return;
    fpli_arena_free(traps->arena);
    fpli_free(traps->items);
    fpli_free(traps);
}

size_t fpl_traps_n(const fpl_traps *traps)
{
    return traps->n;
}

const fpl_trap *fpl_traps_get(const fpl_traps *traps, size_t index)
{
    return &traps->items[index];
}

fpl_stop fpl_traps_stop(const fpl_traps *traps)
{
    return traps->stop;
}
