/* Friedman and Supowit, "Finding the optimal variable ordering for binary decision diagrams", IEEE
 * Transactions on Computers 39 (1990) 710-713, with many-valued variables: which drivers stand below
 * decides what subtrees there are, the order among them does not. */
#include "study/tree_order.h"

#include "study/namer.h"

#include "base/mem.h"
#include "base/status.h"

#include <string.h>

enum { TABLES_MOST = 1 << 24 };

/* For each set of drivers that stand below: the number of each subtree, by the values of the drivers
 * above; the fewest questions in them; the driver on top. */
typedef struct below {
    const fpli_grid *grid;
    size_t *first;   /* of its table */
    uint32_t *table; /* all tables */
    uint64_t *fewest;
    int *top;
    fpli_namer namer;
    uint32_t tuple[FPL_VARIANTS_MAX];
} below;

/* Rows in the table of a set: the product over the drivers that are not in it. */
static size_t size_of(const fpli_grid *grid, uint32_t set)
{
    size_t size = 1;
    for (int i = 0; i < grid->n; i++)
        if (!(set >> i & 1)) size *= (size_t)grid->k[i];
    return size;
}

/* In the table of `set`: from one value of driver x to the next. */
static size_t stride_of(const fpli_grid *grid, uint32_t set, int x)
{
    size_t stride = 1;
    for (int i = x + 1; i < grid->n; i++)
        if (!(set >> i & 1)) stride *= (size_t)grid->k[i];
    return stride;
}

/* Put x on top of the set: number the subtrees into `to` (NULL: only count), and return how many of
 * them ask for x. */
static fpl_status put_on_top(below *b, uint32_t set, int x, uint32_t *to,
                             uint64_t *n_questions)
{
    const int k = b->grid->k[x];
    const size_t stride = stride_of(b->grid, set, x);
    const size_t size = size_of(b->grid, set | (uint32_t)1 << x);
    const uint32_t *from = b->table + b->first[set];
    uint32_t given = 0;
    fpl_status status = fpli_namer_begin(&b->namer, k);
    *n_questions = 0;
    for (size_t u = 0; u < size && status == FPL_OK; u++) {
        const uint32_t *at = from + u / stride * stride * (size_t)k + u % stride;
        bool asks = false;
        for (int v = 0; v < k; v++) {
            b->tuple[v] = at[(size_t)v * stride];
            asks = asks || b->tuple[v] != b->tuple[0];
        }
        uint32_t number = 0;
        status = fpli_namer_name(&b->namer, b->tuple, &number);
        if (number == given) { /* seen for the first time */
            given++;
            *n_questions += asks;
        }
        if (to != NULL) to[u] = number;
    }
    return status;
}

/* The best driver on top of each set; sets come after their parts. */
static fpl_status fill(below *b, uint32_t set)
{
    fpl_status status = FPL_OK;
    b->fewest[set] = UINT64_MAX;
    for (int x = 0; x < b->grid->n && status == FPL_OK; x++) {
        if (!(set >> x & 1)) continue;
        const uint32_t part = set & ~((uint32_t)1 << x);
        uint32_t *to = (set & (set - 1)) == part ? b->table + b->first[set] : NULL;
        uint64_t questions = 0;
        status = put_on_top(b, part, x, to, &questions);
        if (b->fewest[part] + questions >= b->fewest[set]) continue;
        b->fewest[set] = b->fewest[part] + questions;
        b->top[set] = x;
    }
    return status;
}

static fpl_status find_order(below *b, const uint32_t *answers, int *order)
{
    const size_t n_sets = (size_t)1 << b->grid->n;
    size_t sum = 0;
    fpl_status status = FPL_OK;
    b->first = fpli_new(n_sets, sizeof *b->first);
    b->fewest = fpli_new(n_sets, sizeof *b->fewest);
    b->top = fpli_new(n_sets, sizeof *b->top);
    if (b->first == NULL || b->fewest == NULL || b->top == NULL) return FPL_E_MEMORY;
    for (size_t set = 0; set < n_sets; set++) {
        b->first[set] = sum;
        sum += size_of(b->grid, (uint32_t)set);
    }
    b->table = fpli_new(sum, sizeof *b->table);
    if (b->table == NULL) return FPL_E_MEMORY;
    memcpy(b->table, answers, b->grid->n_rows * sizeof *answers);
    for (size_t set = 1; set < n_sets && status == FPL_OK; set++)
        status = fill(b, (uint32_t)set);
    uint32_t rest = (uint32_t)(n_sets - 1);
    for (int i = 0; i < b->grid->n && status == FPL_OK; i++) {
        order[i] = b->top[rest];
        rest &= ~((uint32_t)1 << order[i]);
    }
    return status;
}

fpl_status fpli_tree_order_find(const fpli_grid *grid, const uint32_t *answers,
                                int *order, bool *is_smallest)
{
    below b = {.grid = grid};
    size_t tables = 1;
    for (int i = 0; i < grid->n; i++) {
        order[i] = i;
        if (tables <= TABLES_MOST) tables *= (size_t)grid->k[i] + 1;
    }
    *is_smallest = tables <= TABLES_MOST; /* each driver at least doubles it */
    if (!*is_smallest) return FPL_OK;
    const fpl_status status = find_order(&b, answers, order);
    fpli_free(b.first);
    fpli_free(b.table);
    fpli_free(b.fewest);
    fpli_free(b.top);
    fpli_namer_clear(&b.namer);
    return status;
}
