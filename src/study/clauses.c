/* Bit sets of clauses, one for each choice at each control. They grow together. */
#include "study/clauses.h"

#include "base/mem.h"

#include <assert.h>
#include <string.h>

enum { WORDS_FIRST = 1 };

struct fpli_clauses {
    int n_controls;
    int *offset; /* by control: its first row in `held` */
    int depth;
    size_t n, n_words; /* clauses, words of a row */
    uint64_t *skipped; /* by control: clauses that let it be skipped */
    uint64_t *rest;    /* by control, one more: that let it and all after it be skipped */
    uint64_t *held;    /* by control and variant */
    uint64_t
        *path; /* by depth, one more: that comply with all controls up to the last held */
    int *last; /* by depth, one more: the control after the last held */
};

/* n rows of n_words from rows of old_words. */
static bool widen(uint64_t **rows, size_t n, size_t old_words, size_t n_words)
{
    uint64_t *wide = fpli_new(n * n_words, sizeof *wide);
    if (wide == NULL) return false;
    for (size_t r = 0; r < n && old_words > 0; r++)
        memcpy(wide + r * n_words, *rows + r * old_words, old_words * sizeof *wide);
    fpli_free(*rows);
    *rows = wide;
    return true;
}

/* Rows of different widths after a failure: the caller gives up, nothing is read any more. */
static fpl_status grow(fpli_clauses *c)
{
    const size_t before = c->n_words, after = before == 0 ? WORDS_FIRST : 2 * before;
    const size_t n = (size_t)c->n_controls;
    if (!widen(&c->skipped, n, before, after) || !widen(&c->rest, n + 1, before, after) ||
        !widen(&c->held, (size_t)c->offset[n], before, after) ||
        !widen(&c->path, (size_t)c->depth + 1, before, after))
        return FPL_E_MEMORY;
    c->n_words = after;
    return FPL_OK;
}

fpl_status fpli_clauses_new(int n_controls, const int *n_variants, int depth,
                            fpli_clauses **clauses)
{
    fpli_clauses *c = fpli_new(1, sizeof *c);
    if (c == NULL) return FPL_E_MEMORY;
    c->n_controls = n_controls;
    c->depth = depth;
    c->offset = fpli_new((size_t)n_controls + 1, sizeof *c->offset);
    c->last = fpli_new((size_t)depth + 1, sizeof *c->last);
    if (c->offset == NULL || c->last == NULL) {
        fpli_clauses_free(c);
        return FPL_E_MEMORY;
    }
    for (int i = 0; i < n_controls; i++) c->offset[i + 1] = c->offset[i] + n_variants[i];
    const fpl_status status = grow(c);
    if (status == FPL_OK)
        *clauses = c;
    else
        fpli_clauses_free(c);
    return status;
}

void fpli_clauses_free(fpli_clauses *clauses)
{
    if (clauses == NULL) return;
    fpli_free(clauses->offset);
    fpli_free(clauses->skipped);
    fpli_free(clauses->rest);
    fpli_free(clauses->held);
    fpli_free(clauses->path);
    fpli_free(clauses->last);
    fpli_free(clauses);
}

static size_t used_words(const fpli_clauses *c)
{
    return (c->n + 63) / 64;
}

static void intersect(uint64_t *to, const uint64_t *a, const uint64_t *b, size_t n)
{
    for (size_t w = 0; w < n; w++) to[w] = a[w] & b[w];
}

void fpli_clauses_begin(fpli_clauses *clauses)
{
    memset(clauses->path, 0xff, clauses->n_words * sizeof *clauses->path);
    clauses->last[0] = 0;
}

void fpli_clauses_hold(fpli_clauses *clauses, int depth, int control, int variant)
{
    const fpli_clauses *c = clauses;
    const size_t n = used_words(c), width = c->n_words;
    uint64_t *path = c->path + (size_t)(depth + 1) * width;
    assert(depth < c->depth && control >= c->last[depth]);
    intersect(path, path - width,
              c->held + (size_t)(c->offset[control] + variant) * width, n);
    for (int skip = c->last[depth]; skip < control; skip++)
        intersect(path, path, c->skipped + (size_t)skip * width, n);
    c->last[depth + 1] = control + 1;
}

bool fpli_clauses_rule_out(const fpli_clauses *clauses, int n)
{
    const uint64_t *path = clauses->path + (size_t)n * clauses->n_words;
    const uint64_t *rest = clauses->rest + (size_t)clauses->last[n] * clauses->n_words;
    for (size_t w = used_words(clauses);
         w-- > 0;) /* the newest clauses are the nearest */
        if ((path[w] & rest[w]) != 0) return true;
    return false;
}

fpl_status fpli_clauses_add(fpli_clauses *clauses, int n, const bool *may_skip,
                            const uint64_t *may_hold)
{
    fpli_clauses *c = clauses;
    if (c->n == c->n_words * 64 && grow(c) != FPL_OK) return FPL_E_MEMORY;
    const size_t word = c->n / 64, width = c->n_words;
    const uint64_t bit = (uint64_t)1 << c->n % 64;
    c->rest[(size_t)c->n_controls * width + word] |= bit;
    bool rest = true;
    for (int i = c->n_controls; i-- > 0;) {
        rest = rest && may_skip[i];
        if (may_skip[i]) c->skipped[(size_t)i * width + word] |= bit;
        if (rest) c->rest[(size_t)i * width + word] |= bit;
        for (int v = 0; v < c->offset[i + 1] - c->offset[i]; v++)
            if (may_hold[i] >> v & 1)
                c->held[(size_t)(c->offset[i] + v) * width + word] |= bit;
    }
    /* a clause that rules out what is held complies with every part of it */
    for (int depth = 0; depth <= n; depth++) c->path[(size_t)depth * width + word] |= bit;
    c->n++;
    return FPL_OK;
}
