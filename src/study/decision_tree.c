/* The decision tree, method.md M5.4: a reduced ordered diagram, made from the answers upwards. */
#include "study/answers.h"
#include "study/namer.h"
#include "study/tree_order.h"

#include "base/mem.h"
#include "base/status.h"

#include <string.h>

struct fpl_decision_tree {
    fpl_decision_node *nodes;
    size_t n, n_questions;
    uint32_t *children; /* of all questions */
    int *order;
    bool is_smallest;
};

/* While it grows, nodes are numbered upwards: answers first. */
typedef struct growth {
    const fpl_answers *answers;
    const fpli_grid *grid;
    fpl_decision_tree *tree;
    uint32_t *above; /* the node for each combination of the drivers above */
    int *driver;     /* of a question, by number */
    size_t *first;   /* its children in the pool */
    uint32_t *pool;
    size_t n, capacity, first_capacity, n_pool, pool_capacity;
    fpli_namer namer;
} growth;

/* Answers by the drivers in the order of the tree, the first question slowest. */
static void reorder(const growth *g)
{
    const fpli_grid *grid = g->grid;
    for (size_t to = 0; to < grid->n_rows; to++) {
        size_t rest = to, row = 0;
        for (int i = grid->n; i-- > 0;) {
            const int d = g->tree->order[i];
            row += rest % (size_t)grid->k[d] * grid->stride[d];
            rest /= (size_t)grid->k[d];
        }
        g->above[to] = g->answers->of_row[row];
    }
}

static fpl_status add_node(growth *g, int driver, const uint32_t *children, int k)
{
    if (!fpli_grow((void **)&g->driver, g->n, &g->capacity, sizeof *g->driver) ||
        !fpli_grow((void **)&g->first, g->n, &g->first_capacity, sizeof *g->first))
        return FPL_E_MEMORY;
    g->driver[g->n] = driver;
    g->first[g->n++] = g->n_pool;
    for (int v = 0; v < k; v++) {
        if (!fpli_grow((void **)&g->pool, g->n_pool, &g->pool_capacity, sizeof *g->pool))
            return FPL_E_MEMORY;
        g->pool[g->n_pool++] = children[v];
    }
    return FPL_OK;
}

/* Join the subtrees for each variant of a driver by a question, where it makes a difference. */
static fpl_status ask(growth *g, int driver, size_t n_above)
{
    const int k = g->grid->k[driver];
    const size_t first = g->n;
    fpl_status status = fpli_namer_begin(&g->namer, k);
    for (size_t u = 0; u < n_above && status == FPL_OK; u++) {
        const uint32_t *children = g->above + u * (size_t)k;
        bool differ = false;
        for (int v = 1; v < k; v++) differ = differ || children[v] != children[0];
        if (!differ) {
            g->above[u] = children[0];
            continue;
        }
        uint32_t number = 0;
        status = fpli_namer_name(&g->namer, children, &number);
        if (status == FPL_OK && first + number == g->n)
            status = add_node(g, driver, children, k);
        g->above[u] = (uint32_t)(first + number);
    }
    return status;
}

/* Turn the numbers round: the root first, children after their parents. */
static fpl_status hand_over(growth *g)
{
    fpl_decision_tree *tree = g->tree;
    const size_t n_answers = (size_t)g->answers->n;
    tree->n = g->n;
    tree->n_questions = g->n - n_answers;
    tree->nodes = fpli_new(tree->n, sizeof *tree->nodes);
    tree->children = fpli_new(g->n_pool, sizeof *tree->children);
    if (tree->nodes == NULL || tree->children == NULL) return FPL_E_MEMORY;
    for (size_t i = 0; i < g->n_pool; i++)
        tree->children[i] = (uint32_t)(g->n - 1 - g->pool[i]);
    for (size_t i = 0; i < g->n; i++) {
        fpl_decision_node *node = &tree->nodes[g->n - 1 - i];
        *node = i < n_answers
                    ? (fpl_decision_node){.driver = -1, .answer = (int)i}
                    : (fpl_decision_node){.driver = g->driver[i],
                                          .answer = -1,
                                          .children = tree->children + g->first[i]};
    }
    return FPL_OK;
}

static fpl_status grow(growth *g)
{
    fpl_status status = FPL_OK;
    size_t n_above = g->grid->n_rows;
    g->above = fpli_new(n_above, sizeof *g->above);
    if (g->above == NULL) return FPL_E_MEMORY;
    reorder(g);
    for (int a = 0; a < g->answers->n && status == FPL_OK; a++)
        status = add_node(g, -1, NULL, 0);
    for (int i = g->grid->n; i-- > 0 && status == FPL_OK;) {
        n_above /= (size_t)g->grid->k[g->tree->order[i]];
        status = ask(g, g->tree->order[i], n_above);
    }
    return status == FPL_OK ? hand_over(g) : status;
}

static fpl_status choose_order(fpl_decision_tree *tree, const growth *g,
                               fpl_tree_order order)
{
    tree->order = fpli_new((size_t)g->grid->n, sizeof *tree->order);
    if (tree->order == NULL) return FPL_E_MEMORY;
    if (order == FPL_ORDER_SMALLEST)
        return fpli_tree_order_find(g->grid, g->answers->of_row, tree->order,
                                    &tree->is_smallest);
    for (int i = 0; i < g->grid->n; i++) tree->order[i] = i;
    return FPL_OK;
}

fpl_status fpl_decision_tree_make(const fpl_answers *answers, fpl_tree_order order,
                                  fpl_decision_tree **tree, fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpli_grid grid = {0};
    growth g = {.answers = answers, .grid = &grid};
    g.tree = fpli_new(1, sizeof *g.tree);
    FPL_TRY(g.tree == NULL ? FPL_E_MEMORY : FPL_OK);
    FPL_TRY(fpli_grid_make(answers->roadmap, &grid));
    FPL_TRY(choose_order(g.tree, &g, order));
    FPL_TRY(grow(&g));
    *tree = g.tree;
    g.tree = NULL;
out:
    fpl_decision_tree_free(g.tree);
    fpli_grid_clear(&grid);
    fpli_namer_clear(&g.namer);
    fpli_free(g.above);
    fpli_free(g.driver);
    fpli_free(g.first);
    fpli_free(g.pool);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_decision_tree_free(fpl_decision_tree *tree)
{
    if (tree == NULL) return;
    fpli_free(tree->nodes);
    fpli_free(tree->children);
    fpli_free(tree->order);
    fpli_free(tree);
}

size_t fpl_decision_tree_n(const fpl_decision_tree *tree)
{
    return tree->n;
}

const fpl_decision_node *fpl_decision_tree_get(const fpl_decision_tree *tree,
                                               size_t index)
{
    return &tree->nodes[index];
}

size_t fpl_decision_tree_n_questions(const fpl_decision_tree *tree)
{
    return tree->n_questions;
}

const int *fpl_decision_tree_order(const fpl_decision_tree *tree)
{
    return tree->order;
}

bool fpl_decision_tree_is_smallest(const fpl_decision_tree *tree)
{
    return tree->is_smallest;
}
