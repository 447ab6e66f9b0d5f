/* Row and column sums of powers of a matrix M, without its powers: the row sums of M^k are M times
 * those of M^(k-1), the column sums likewise with the transpose. In integers of 128 bits as long as
 * they fit; then in doubles, divided by the largest each time so that they stay in range. */
#include "study/powers.h"

#include "base/status.h"

#include <string.h>

__extension__ typedef unsigned __int128 wide;

/* One kind of sums: active or passive. */
typedef struct sums {
    bool transposed;
    wide *exact, *next_exact;
    double *share, *next_share;
} sums;

typedef struct matrix {
    int n;
    const int64_t *cells;
} matrix;

static int64_t cell(const matrix *m, bool transposed, int i, int j)
{
    if (i == j) return 0;
    return transposed ? m->cells[j * m->n + i] : m->cells[i * m->n + j];
}

/* False if a sum does not fit. */
static bool multiply_exact(const matrix *m, sums *s)
{
    for (int i = 0; i < m->n; i++) {
        wide sum = 0;
        for (int j = 0; j < m->n; j++) {
            wide product;
            if (__builtin_mul_overflow((wide)cell(m, s->transposed, i, j), s->exact[j],
                                       &product) ||
                __builtin_add_overflow(sum, product, &sum))
                return false;
        }
        s->next_exact[i] = sum;
    }
    return true;
}

static void multiply(const matrix *m, sums *s)
{
    for (int i = 0; i < m->n; i++) {
        double sum = 0;
        for (int j = 0; j < m->n; j++)
            sum += (double)cell(m, s->transposed, i, j) * s->share[j];
        s->next_share[i] = sum;
    }
}

/* Divide by the largest; false if all are zero. */
static bool normalise(double *share, int n)
{
    double largest = 0;
    for (int d = 0; d < n; d++)
        if (share[d] > largest) largest = share[d];
    for (int d = 0; d < n && largest > 0; d++) share[d] /= largest;
    return largest > 0;
}

/* 1 + number of larger ones. */
static void rank(int n, const wide *exact, const double *share, int *ranks)
{
    const double slack = 1 + 1e-9;
    for (int d = 0; d < n; d++) {
        ranks[d] = 1;
        for (int other = 0; other < n; other++)
            ranks[d] += exact != NULL ? exact[other] > exact[d]
                                      : share[other] > share[d] * slack;
    }
}

static fpl_status sums_start(fpli_arena *arena, int n, bool transposed, sums *s)
{
    s->transposed = transposed;
    s->exact = fpli_arena_alloc(arena, (size_t)n, sizeof *s->exact);
    s->next_exact = fpli_arena_alloc(arena, (size_t)n, sizeof *s->next_exact);
    s->share = fpli_arena_alloc(arena, (size_t)n, sizeof *s->share);
    s->next_share = fpli_arena_alloc(arena, (size_t)n, sizeof *s->next_share);
    if (s->exact == NULL || s->next_exact == NULL || s->share == NULL ||
        s->next_share == NULL)
        return FPL_E_MEMORY;
    for (int d = 0; d < n; d++) {
        s->exact[d] = 1;
        s->share[d] = 1;
    }
    return FPL_OK;
}

/* The sums of the next power; false if they are zero. */
static bool advance(const matrix *m, bool exact, sums *s)
{
    const size_t n = (size_t)m->n;
    if (exact) {
        memcpy(s->exact, s->next_exact, n * sizeof *s->exact);
        for (int d = 0; d < m->n; d++) s->share[d] = (double)s->exact[d];
    } else {
        multiply(m, s);
        memcpy(s->share, s->next_share, n * sizeof *s->share);
    }
    return normalise(s->share, m->n);
}

static fpl_status record(fpli_arena *arena, int n, bool exact, const sums *both,
                         fpl_power *power)
{
    double *shares = fpli_arena_alloc(arena, 2 * (size_t)n, sizeof *shares);
    int *ranks = fpli_arena_alloc(arena, 2 * (size_t)n, sizeof *ranks);
    if (shares == NULL || ranks == NULL) return FPL_E_MEMORY;
    for (int kind = 0; kind < 2; kind++) {
        memcpy(shares + kind * n, both[kind].share, (size_t)n * sizeof *shares);
        rank(n, exact ? both[kind].exact : NULL, both[kind].share, ranks + kind * n);
    }
    *power = (fpl_power){shares, shares + n, ranks, ranks + n, exact};
    return FPL_OK;
}

static bool same_ranks(int n, const fpl_power *a, const fpl_power *b)
{
    const size_t size = (size_t)n * sizeof(int);
    return memcmp(a->active_ranks, b->active_ranks, size) == 0 &&
           memcmp(a->passive_ranks, b->passive_ranks, size) == 0;
}

fpl_status fpli_powers_compute(fpli_arena *arena, int n, const int64_t *strength,
                               int most, fpli_powers *powers)
{
    const int end = most > 0 ? most : FPL_POWERS_DEFAULT;
    const matrix m = {n, strength};
    fpl_status status = FPL_OK;
    bool exact = true;
    sums both[2];
    fpli_powers p = {.items = fpli_arena_alloc(arena, (size_t)end, sizeof *p.items)};
    FPL_TRY(p.items == NULL ? FPL_E_MEMORY : FPL_OK);
    for (int kind = 0; kind < 2; kind++)
        FPL_TRY(sums_start(arena, n, kind == 1, &both[kind]));
    while (p.n < end && !(most == 0 && p.stays)) {
        exact = exact && multiply_exact(&m, &both[0]) && multiply_exact(&m, &both[1]);
        const bool reaches = advance(&m, exact, &both[0]);
        advance(&m, exact, &both[1]);
        if (!reaches && p.n > 0) {
            p.end = true;
            p.stays = false;
            break;
        }
        FPL_TRY(record(arena, n, exact, both, &p.items[p.n++]));
        p.stays = p.n > 1 && same_ranks(n, &p.items[p.n - 1], &p.items[p.n - 2]);
    }
    *powers = p;
out:
    return status;
}
