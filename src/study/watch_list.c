/* Minimal resolving sets and the watch list, method.md M6.5.
 *
 * If every row counts, the rows are a full grid: a set resolves exactly if it holds all drivers whose
 * change alone can change the answer, so there is one minimal set. Otherwise sets are tried by size. */
#include "study/answers.h"
#include "study/grid.h"
#include "study/namer.h"

#include "base/mem.h"
#include "base/status.h"

#include <fahrplan/signposts.h>

#include <math.h>
#include <string.h>

enum { DRIVERS_MOST = 20 };

struct fpl_watch_list {
    fpl_watch_item *items;
    int n;
    bool *sets; /* n_sets lines of n flags */
    int n_sets;
    size_t capacity;
    double entropy;
};

typedef struct watch {
    const fpl_answers *answers;
    fpl_watch_list *list;
    fpli_grid grid;
    int *open; /* drivers with two or more variants */
    int n_open;
    size_t n_counted;
    fpli_namer namer;
    uint32_t *part;  /* of each row: the class of rows that look alike so far */
    uint32_t *trial; /* the same with one driver more */
    size_t *tally;   /* rows of each class */
} watch;

static bool counts(const watch *w, size_t row)
{
    const fpl_answer *a = &w->answers->items[w->answers->of_row[row]];
    return !a->implausible && !a->unknown;
}

static uint32_t digit(const watch *w, size_t row, int driver)
{
    return (uint32_t)(row / w->grid.stride[driver] % (size_t)w->grid.k[driver]);
}

/* ---- information ---------------------------------------------------------------------------- */

/* Split classes of rows by a value of each; returns the entropy of the new classes, bits; negative
 * without memory. */
static double split(watch *w, const uint32_t *from, int driver, uint32_t *to)
{
    if (fpli_namer_begin(&w->namer, 2) != FPL_OK) return -1;
    for (size_t r = 0; r < w->grid.n_rows; r++) {
        const uint32_t tuple[] = {from == NULL ? 0 : from[r], driver < 0
                                                                  ? w->answers->of_row[r]
                                                                  : digit(w, r, driver)};
        if (!counts(w, r)) continue;
        if (fpli_namer_name(&w->namer, tuple, &to[r]) != FPL_OK) return -1;
    }
    memset(w->tally, 0, w->namer.n * sizeof *w->tally);
    for (size_t r = 0; r < w->grid.n_rows; r++)
        if (counts(w, r)) w->tally[to[r]]++;
    double bits = 0;
    for (uint32_t c = 0; c < w->namer.n; c++) {
        const double share = (double)w->tally[c] / (double)w->n_counted;
        bits -= share * log2(share);
    }
    return bits;
}

/* What a set of classes says about the answer: H(classes) + H(answer) - H(both). */
static double information(watch *w, double own, const uint32_t *classes, uint32_t *spare)
{
    const double both = split(w, classes, -1, spare);
    const double bits = own + w->list->entropy - both;
    return both < 0 ? -1 : bits > 1e-12 ? bits : 0;
}

/* The next on the list: the driver that adds most to those before it, on ties the first. */
static fpl_status choose_next(watch *w, int at, uint32_t *spare, double *known)
{
    int best = -1;
    double most = -1;
    for (int i = at; i < w->list->n; i++) {
        const int driver = w->list->items[i].driver;
        const double own = split(w, at == 0 ? NULL : w->part, driver, w->trial);
        const double bits = own < 0 ? -1 : information(w, own, w->trial, spare);
        if (bits < 0) return FPL_E_MEMORY;
        if (at == 0) w->list->items[i].alone = bits;
        if (bits <= most + 1e-12) continue;
        most = bits;
        best = i;
    }
    fpl_watch_item chosen = w->list->items[best];
    memmove(&w->list->items[at + 1], &w->list->items[at],
            (size_t)(best - at) * sizeof chosen);
    chosen.then = most > *known ? most - *known : 0;
    w->list->items[at] = chosen;
    if (split(w, at == 0 ? NULL : w->part, chosen.driver, w->trial) < 0)
        return FPL_E_MEMORY;
    uint32_t *swap = w->part;
    w->part = w->trial;
    w->trial = swap;
    *known = most;
    return FPL_OK;
}

static fpl_status order_list(watch *w)
{
    double known = 0;
    fpl_status status = FPL_OK;
    uint32_t *spare = fpli_new(w->grid.n_rows, sizeof *spare);
    if (spare == NULL) return FPL_E_MEMORY;
    w->list->entropy = split(w, NULL, -1, w->trial);
    if (w->list->entropy < 0) status = FPL_E_MEMORY;
    if (w->list->entropy == 0) w->list->entropy = 0; /* not minus zero */
    for (int at = 0; at < w->list->n && status == FPL_OK; at++)
        status = choose_next(w, at, spare, &known);
    fpli_free(spare);
    return status;
}

/* ---- resolving sets ------------------------------------------------------------------------- */

static fpl_status add_set(watch *w, const bool *set)
{
    fpl_watch_list *l = w->list;
    const size_t n = (size_t)l->n;
    if (!fpli_grow((void **)&l->sets, (size_t)l->n_sets, &l->capacity, n * sizeof *set))
        return FPL_E_MEMORY;
    memcpy(l->sets + (size_t)l->n_sets++ * n, set, n * sizeof *set);
    return FPL_OK;
}

/* Whether a change of this driver alone can change the answer. */
static bool matters(const watch *w, int driver)
{
    const size_t stride = w->grid.stride[driver];
    for (size_t r = 0; r < w->grid.n_rows; r++)
        if (digit(w, r, driver) > 0 &&
            w->answers->of_row[r] != w->answers->of_row[r - stride])
            return true;
    return false;
}

static fpl_status find_support(watch *w, bool *set)
{
    for (int i = 0; i < w->list->n; i++) set[i] = matters(w, i);
    return add_set(w, set);
}

/* Whether rows that agree on the set give the same answer. first: room for a class of rows each. */
static bool resolves(const watch *w, uint32_t set, uint32_t *first)
{
    size_t n = 1;
    for (int i = 0; i < w->n_open; i++)
        if (set >> i & 1) n *= (size_t)w->grid.k[w->open[i]];
    memset(first, 0, n * sizeof *first);
    for (size_t r = 0; r < w->grid.n_rows; r++) {
        if (!counts(w, r)) continue;
        size_t at = 0;
        for (int i = 0; i < w->n_open; i++)
            if (set >> i & 1)
                at = at * (size_t)w->grid.k[w->open[i]] + digit(w, r, w->open[i]);
        const uint32_t answer = w->answers->of_row[r] + 1;
        if (first[at] != 0 && first[at] != answer) return false;
        first[at] = answer;
    }
    return true;
}

static bool has_part(const watch *w, uint32_t set, const uint32_t *found)
{
    for (int i = 0; i < w->list->n_sets; i++)
        if ((found[i] & ~set) == 0) return true;
    return false;
}

static fpl_status try_set(watch *w, uint32_t set, uint32_t **found, size_t *capacity,
                          uint32_t *first, bool *flags)
{
    if (has_part(w, set, *found) || !resolves(w, set, first)) return FPL_OK;
    if (!fpli_grow((void **)found, (size_t)w->list->n_sets, capacity, sizeof **found))
        return FPL_E_MEMORY;
    (*found)[w->list->n_sets] = set;
    memset(flags, 0, (size_t)w->list->n * sizeof *flags);
    for (int i = 0; i < w->n_open; i++) flags[w->open[i]] = set >> i & 1;
    return add_set(w, flags);
}

/* All sets of `size` drivers, the first drivers first. */
static fpl_status try_sets(watch *w, int size, int next, uint32_t set, uint32_t **found,
                           size_t *capacity, uint32_t *first, bool *flags)
{
    if (size == 0) return try_set(w, set, found, capacity, first, flags);
    fpl_status status = FPL_OK;
    for (int i = next; i + size <= w->n_open && status == FPL_OK; i++)
        status = try_sets(w, size - 1, i + 1, set | (uint32_t)1 << i, found, capacity,
                          first, flags);
    return status;
}

static fpl_status find_sets(watch *w, bool *flags)
{
    uint32_t *found = NULL;
    size_t capacity = 0;
    uint32_t *first = fpli_new(w->grid.n_rows, sizeof *first);
    fpl_status status = first == NULL ? FPL_E_MEMORY : FPL_OK;
    for (int size = 0; size <= w->n_open && status == FPL_OK; size++)
        status = try_sets(w, size, 0, 0, &found, &capacity, first, flags);
    fpli_free(found);
    fpli_free(first);
    return status;
}

static void mark_items(const watch *w)
{
    for (int i = 0; i < w->list->n; i++) {
        fpl_watch_item *item = &w->list->items[i];
        item->is_in_all = w->list->n_sets > 0;
        for (int s = 0; s < w->list->n_sets; s++) {
            const bool in = w->list->sets[s * w->list->n + item->driver];
            item->is_in_all = item->is_in_all && in;
            item->is_in_some = item->is_in_some || in;
        }
    }
}

/* ---- all together --------------------------------------------------------------------------- */

static fpl_status prepare(watch *w)
{
    const size_t n = (size_t)w->grid.n, n_rows = w->grid.n_rows;
    w->list = fpli_new(1, sizeof *w->list);
    if (w->list == NULL) return FPL_E_MEMORY;
    w->list->n = w->grid.n;
    w->list->items = fpli_new(n, sizeof *w->list->items);
    w->open = fpli_new(n, sizeof *w->open);
    w->part = fpli_new(n_rows, sizeof *w->part);
    w->trial = fpli_new(n_rows, sizeof *w->trial);
    w->tally = fpli_new(n_rows, sizeof *w->tally);
    if (w->list->items == NULL || w->open == NULL || w->part == NULL ||
        w->trial == NULL || w->tally == NULL)
        return FPL_E_MEMORY;
    for (int i = 0; i < w->grid.n; i++) {
        w->list->items[i].driver = i;
        if (w->grid.k[i] > 1) w->open[w->n_open++] = i;
    }
    for (size_t r = 0; r < n_rows; r++) w->n_counted += counts(w, r);
    return FPL_OK;
}

fpl_status fpl_watch_list_make(const fpl_answers *answers, fpl_watch_list **list,
                               fpl_error *error)
{
    fpl_status status = FPL_OK;
    watch w = {.answers = answers};
    bool *flags = NULL;
    FPL_TRY(fpli_grid_make(answers->roadmap, &w.grid));
    FPL_TRY(prepare(&w));
    flags = fpli_new((size_t)w.grid.n, sizeof *flags);
    FPL_TRY(flags == NULL ? FPL_E_MEMORY : FPL_OK);
    const bool full = w.n_counted == w.grid.n_rows;
    if (!full && w.n_open > DRIVERS_MOST) {
        status = fpli_fail(error, FPL_E_UNSUPPORTED,
                           "too many drivers to find all resolving sets: %d", w.n_open);
        goto out;
    }
    FPL_TRY(full ? find_support(&w, flags) : find_sets(&w, flags));
    if (w.n_counted > 0) FPL_TRY(order_list(&w));
    mark_items(&w);
    *list = w.list;
    w.list = NULL;
out:
    fpl_watch_list_free(w.list);
    fpli_grid_clear(&w.grid);
    fpli_namer_clear(&w.namer);
    fpli_free(w.open);
    fpli_free(w.part);
    fpli_free(w.trial);
    fpli_free(w.tally);
    fpli_free(flags);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_watch_list_free(fpl_watch_list *list)
{
    if (list == NULL) return;
    fpli_free(list->items);
    fpli_free(list->sets);
    fpli_free(list);
}

int fpl_watch_list_n(const fpl_watch_list *list)
{
    return list->n;
}

const fpl_watch_item *fpl_watch_list_get(const fpl_watch_list *list, int index)
{
    return &list->items[index];
}

double fpl_watch_list_entropy(const fpl_watch_list *list)
{
    return list->entropy;
}

int fpl_watch_list_n_sets(const fpl_watch_list *list)
{
    return list->n_sets;
}

const bool *fpl_watch_list_set(const fpl_watch_list *list, int index)
{
    return list->sets + (size_t)index * (size_t)list->n;
}
