/* Propagation and branching.
 *
 * A node is a set of domains, the lanes that belong to it and the mask of lanes that count: those of
 * variants still possible, of descriptors that are tested. A negative lane that counts removes its
 * variant; a removal lowers other lanes by one precomputed row; this is repeated until nothing
 * moves. Branching takes the descriptor whose decision is expected to cost the tightest lanes most. */
#include "engine/search.h"

#include "base/mem.h"
#include "model/formula.h"

#include <string.h>

enum { POLL_EVERY = 256 };

typedef struct node {
    void *lanes;
    uint64_t *live; /* mask of lanes that count */
    uint64_t *domains;
} node;

/* A formula that scenarios must not make true, or must not make false. */
typedef struct condition {
    const fpl_formula *formula;
    fpli_truth unwanted;
    bool *is_named;  /* by descriptor */
    uint16_t *named; /* the same as a list */
    int n_named;
} condition;

struct fpli_search {
    const fpli_lanes *l;
    const fpl_model *model;
    int n;
    fpli_task task;
    node *stack; /* n + 1 nodes */
    void *scratch[2];
    uint64_t *negative;
    uint64_t *changed; /* domains after a round of removals, of those picked */
    bool *is_picked;
    uint16_t *picked; /* descriptors that a round changes */
    int n_picked;
    uint16_t *open; /* descriptors to choose among */
    const bool *scope;
    int8_t *loss; /* n rows of lanes: mean loss of slack when a descriptor is decided */
    uint8_t *weight;
    int shift;             /* brings slack into the range of weights */
    condition *conditions; /* the exclusions, and last what the task wants, if anything */
    int n_exclusions;
    uint64_t nodes, max_nodes, next_poll;
    fpli_found found;
    bool (*poll)(void *context);
    void *context;
    bool stopped;
    uint8_t *path; /* variants on the way to the node at work */
    int depth;
    int n_from;  /* of the path: where the run is to go on; 0: it does already */
    double done; /* share of the run */
};

/* ---- set-up ------------------------------------------------------------------------------- */

/* Expected loss: the largest contribution less the mean one, in eighths, at most 127. */
void fpli_search_refill(fpli_search *search, int d)
{
    const fpli_search *s = search;
    const int k = fpl_model_n_variants(s->model, d);
    void *const *rows = s->l->variant_row + fpl_model_offset(s->model, d);
    for (size_t at = 0; at < s->l->n_used; at++) {
        int32_t largest = INT32_MIN;
        int64_t sum = 0;
        for (int a = 0; a < k; a++) {
            const int32_t value = fpli_lane_value(s->l, rows[a], at);
            sum += value;
            if (value > largest) largest = value;
        }
        const int64_t loss = (8 * (int64_t)largest - 8 * sum / k) >> s->shift;
        s->loss[(size_t)d * s->l->n + at] = (int8_t)(loss > 127 ? 127 : loss);
    }
}

static void set_condition(const fpli_search *s, condition *c, const fpl_formula *formula,
                          fpli_truth unwanted)
{
    c->formula = formula;
    c->unwanted = unwanted;
    c->n_named = 0;
    memset(c->is_named, 0, (size_t)s->n * sizeof *c->is_named);
    if (formula == NULL) return;
    fpl_formula_mark_descriptors(formula, c->is_named);
    for (int d = 0; d < s->n; d++)
        if (c->is_named[d]) c->named[c->n_named++] = (uint16_t)d;
}

static fpl_status note_exclusions(fpli_search *s)
{
    const fpl_content *content = fpl_model_content(s->model);
    const int n = content->exclusions.n;
    s->conditions = fpli_new((size_t)n + 1, sizeof *s->conditions);
    if (s->conditions == NULL) return FPL_E_MEMORY;
    s->n_exclusions = n;
    for (int e = 0; e <= n; e++) {
        condition *c = &s->conditions[e];
        c->is_named = fpli_new((size_t)s->n, sizeof *c->is_named);
        c->named = fpli_new((size_t)s->n, sizeof *c->named);
        if (c->is_named == NULL || c->named == NULL) return FPL_E_MEMORY;
        set_condition(s, c, e < n ? content->exclusions.items[e].when.formula : NULL,
                      FPLI_TRUE);
    }
    return FPL_OK;
}

static fpl_status make_stack(fpli_search *s)
{
    const size_t n = (size_t)s->n;
    s->stack = fpli_new(n + 1, sizeof *s->stack);
    if (s->stack == NULL) return FPL_E_MEMORY;
    for (size_t depth = 0; depth <= n; depth++) {
        node *at = &s->stack[depth];
        at->lanes = fpli_new_aligned(1, s->l->row_size);
        at->live = fpli_new(s->l->n_words, sizeof *at->live);
        at->domains = fpli_new(n, sizeof *at->domains);
        if (at->lanes == NULL || at->live == NULL || at->domains == NULL)
            return FPL_E_MEMORY;
    }
    return FPL_OK;
}

fpl_status fpli_search_new(const fpli_lanes *lanes, fpli_search **search)
{
    fpl_status status = FPL_OK;
    fpli_search *s = fpli_new(1, sizeof *s);
    if (s == NULL) return FPL_E_MEMORY;
    s->l = lanes;
    s->model = lanes->model;
    s->n = fpl_model_n_descriptors(lanes->model);
    for (int64_t range = lanes->range; range > 2 * FPLI_WEIGHT_CAP; range /= 2)
        s->shift++;
    for (int i = 0; i < 2; i++) s->scratch[i] = fpli_new_aligned(1, lanes->row_size);
    s->negative = fpli_new(lanes->n_words, sizeof *s->negative);
    s->changed = fpli_new((size_t)s->n, sizeof *s->changed);
    s->is_picked = fpli_new((size_t)s->n, sizeof *s->is_picked);
    s->picked = fpli_new((size_t)s->n, sizeof *s->picked);
    s->open = fpli_new((size_t)s->n, sizeof *s->open);
    s->path = fpli_new((size_t)s->n, sizeof *s->path);
    s->loss = fpli_new_aligned((size_t)s->n * lanes->n, sizeof *s->loss);
    s->weight = fpli_new_aligned(lanes->n, sizeof *s->weight);
    FPL_TRY(s->scratch[0] == NULL || s->scratch[1] == NULL || s->negative == NULL ||
                    s->changed == NULL || s->is_picked == NULL || s->picked == NULL ||
                    s->open == NULL || s->path == NULL || s->loss == NULL ||
                    s->weight == NULL
                ? FPL_E_MEMORY
                : FPL_OK);
    FPL_TRY(make_stack(s));
    FPL_TRY(note_exclusions(s));
    for (int d = 0; d < s->n; d++) fpli_search_refill(s, d);
    *search = s;
    s = NULL;
out:
    fpli_search_free(s);
    return status;
}

void fpli_search_free(fpli_search *search)
{
    if (search == NULL) return;
    for (int depth = 0; search->stack != NULL && depth <= search->n; depth++) {
        fpli_free(search->stack[depth].lanes);
        fpli_free(search->stack[depth].live);
        fpli_free(search->stack[depth].domains);
    }
    fpli_free(search->stack);
    fpli_free(search->scratch[0]);
    fpli_free(search->scratch[1]);
    fpli_free(search->negative);
    fpli_free(search->changed);
    fpli_free(search->is_picked);
    fpli_free(search->picked);
    fpli_free(search->open);
    fpli_free(search->path);
    fpli_free(search->loss);
    fpli_free(search->weight);
    for (int c = 0; search->conditions != NULL && c <= search->n_exclusions; c++) {
        fpli_free(search->conditions[c].is_named);
        fpli_free(search->conditions[c].named);
    }
    fpli_free(search->conditions);
    fpli_free(search);
}

void fpli_search_set_task(fpli_search *search, const fpli_task *task)
{
    search->task = *task;
    set_condition(search, &search->conditions[search->n_exclusions], task->where,
                  FPLI_FALSE);
    /* beyond the range of differences a tolerance says nothing more */
    if (search->task.tolerance > search->l->range)
        search->task.tolerance = search->l->range;
}

uint64_t fpli_search_nodes(const fpli_search *search)
{
    return search->nodes;
}

/* ---- masks -------------------------------------------------------------------------------- */

static void set_bits(uint64_t *mask, size_t from, size_t to, bool value)
{
    for (size_t bit = from; bit < to; bit++) {
        if (value)
            mask[bit / 64] |= (uint64_t)1 << bit % 64;
        else
            mask[bit / 64] &= ~((uint64_t)1 << bit % 64);
    }
}

static void set_lanes_of(const fpli_search *s, uint64_t *mask, int d, int v, bool value)
{
    const int *first = s->l->first + fpl_model_offset(s->model, d) + v;
    set_bits(mask, (size_t)first[0], (size_t)first[1], value);
}

/* ---- a node from its domains -------------------------------------------------------------- */

static void add_constant(const fpli_search *s, void *lanes, int64_t constant)
{
    for (size_t at = 0; at < s->l->n_used; at++) {
        if (s->l->bytes == 2)
            ((int16_t *)lanes)[at] = (int16_t)(((int16_t *)lanes)[at] + constant);
        else
            ((int32_t *)lanes)[at] = (int32_t)(((int32_t *)lanes)[at] + constant);
    }
}

static void build(fpli_search *s, node *at)
{
    const fpli_lanes *l = s->l;
    memcpy(at->lanes, l->base, l->row_size);
    memset(s->scratch[1], 0, l->row_size);
    memset(at->live, 0, l->n_words * sizeof *at->live);
    for (int d = 0; d < s->n; d++) {
        const void *row = fpli_lanes_row(l, d, at->domains[d], s->scratch[0]);
        l->kernel->move(at->lanes, at->lanes, row, s->scratch[1], l->n, s->negative);
        for (uint64_t set = at->domains[d]; set != 0 && s->task.tested[d]; set &= set - 1)
            set_lanes_of(s, at->live, d, __builtin_ctzll(set), true);
    }
    add_constant(s, at->lanes, s->task.tolerance);
    l->kernel->move(at->lanes, at->lanes, s->scratch[1], s->scratch[1], l->n,
                    s->negative);
}

/* ---- exclusions, M2.8 --------------------------------------------------------------------- */

/* Whether variant c of j is sure to be a legal alternative, whatever the others still do. */
static bool is_surely_rival(fpli_search *s, uint64_t *domains, int j, int c)
{
    bool sure = true;
    const uint64_t own = domains[j];
    domains[j] = (uint64_t)1 << c;
    for (int e = 0; e < s->n_exclusions && sure; e++)
        sure = !s->conditions[e].is_named[j] ||
               fpli_formula_under(s->conditions[e].formula, domains) == FPLI_FALSE;
    domains[j] = own;
    /* an exclusion that does not name j is false here or the node is dead */
    return sure;
}

/* ---- propagation -------------------------------------------------------------------------- */

/* The domain of j as this round leaves it. */
static uint64_t *changed_domain(fpli_search *s, const node *at, int j)
{
    if (!s->is_picked[j]) {
        s->is_picked[j] = true;
        s->picked[s->n_picked++] = (uint16_t)j;
        s->changed[j] = at->domains[j];
    }
    return &s->changed[j];
}

/* Find the variants whose lanes are negative. False: a domain is empty. */
static bool remove_variants(fpli_search *s, node *at)
{
    while (s->n_picked > 0) s->is_picked[s->picked[--s->n_picked]] = false;
    for (size_t word = 0; word < s->l->n_words; word++) {
        for (uint64_t bits = s->negative[word] & at->live[word]; bits != 0;
             bits &= bits - 1) {
            const fpli_lane *lane =
                &s->l->lane[word * 64 + (size_t)__builtin_ctzll(bits)];
            const uint64_t variant = (uint64_t)1 << lane->variant;
            const int j = lane->target;
            if (s->n_exclusions > 0 && !is_surely_rival(s, at->domains, j, lane->rival))
                continue;
            uint64_t *domain = changed_domain(s, at, j);
            *domain &= ~variant;
            if (*domain == 0) return false;
        }
    }
    return true;
}

/* Bring lanes and masks up to the changed domains. */
static void follow(fpli_search *s, node *at)
{
    for (int i = 0; i < s->n_picked; i++) {
        const int j = s->picked[i];
        const uint64_t before = at->domains[j], after = s->changed[j];
        for (uint64_t gone = before & ~after; gone != 0; gone &= gone - 1)
            set_lanes_of(s, at->live, j, __builtin_ctzll(gone), false);
        const void *plus = fpli_lanes_row(s->l, j, after, s->scratch[0]);
        const void *minus = fpli_lanes_row(s->l, j, before, s->scratch[1]);
        s->l->kernel->move(at->lanes, at->lanes, plus, minus, s->l->n, s->negative);
        at->domains[j] = after;
    }
}

/* M2.6: a lower bound on the sum of tensions; exact once everything is decided. */
static bool total_is_within(fpli_search *s, node *at)
{
    if (s->task.max_total < 0) return true;
    int64_t total = 0;
    for (int j = 0; j < s->n; j++) {
        if (!s->task.tested[j]) continue;
        int64_t least = INT64_MAX;
        for (uint64_t set = at->domains[j]; set != 0; set &= set - 1) {
            const int *first = s->l->first + fpl_model_offset(s->model, j) +
                               __builtin_ctzll(set);
            int64_t tension = 0;
            for (int lane = first[0]; lane < first[1]; lane++) {
                const int64_t t = s->task.tolerance -
                                  fpli_lane_value(s->l, at->lanes, (size_t)lane);
                if (t > tension &&
                    (s->n_exclusions == 0 ||
                     is_surely_rival(s, at->domains, j, s->l->lane[lane].rival)))
                    tension = t;
            }
            if (tension < least) least = tension;
        }
        total += least;
    }
    return total <= s->task.max_total;
}

/* The only open descriptor that a condition names; -1 if there is none or more than one. */
static int last_open(const condition *c, const uint64_t *domains)
{
    int last = -1;
    for (int i = 0; i < c->n_named; i++) {
        const int d = c->named[i];
        if ((domains[d] & (domains[d] - 1)) == 0) continue;
        if (last >= 0) return -1;
        last = d;
    }
    return last;
}

/* Where only one descriptor of a condition is open, remove the variants that it forbids. False: it
 * forbids all that is left. docs/design/0006. */
static bool meet_condition(fpli_search *s, node *at, const condition *c)
{
    const int d = last_open(c, at->domains);
    if (d < 0) return fpli_formula_under(c->formula, at->domains) != c->unwanted;
    const uint64_t own = at->domains[d];
    uint64_t gone = 0;
    for (uint64_t set = own; set != 0; set &= set - 1) {
        at->domains[d] = set & (~set + 1); /* its lowest variant */
        if (fpli_formula_under(c->formula, at->domains) == c->unwanted)
            gone |= at->domains[d];
    }
    at->domains[d] = own;
    if (gone == 0) return true;
    uint64_t *domain = changed_domain(s, at, d);
    *domain &= ~gone;
    return *domain != 0;
}

static bool meet_conditions(fpli_search *s, node *at)
{
    for (int c = 0; c <= s->n_exclusions; c++)
        if (s->conditions[c].formula != NULL && !meet_condition(s, at, &s->conditions[c]))
            return false;
    return true;
}

/* To the fixed point. s->negative belongs to the node's lanes. */
static bool propagate(fpli_search *s, node *at)
{
    do {
        if (!remove_variants(s, at)) return false;
        if (s->n_picked == 0 && !meet_conditions(s, at)) return false;
        follow(s, at);
    } while (s->n_picked > 0);
    return total_is_within(s, at);
}

bool fpli_search_reduce(fpli_search *search, uint64_t *domains)
{
    node *root = &search->stack[0];
    memcpy(root->domains, domains, (size_t)search->n * sizeof *domains);
    build(search, root);
    if (!propagate(search, root)) return false;
    memcpy(domains, root->domains, (size_t)search->n * sizeof *domains);
    return true;
}

bool fpli_search_is_threatened(fpli_search *search, const uint64_t *domains, int j)
{
    if (!search->task.tested[j]) return false;
    for (uint64_t set = domains[j]; set != 0; set &= set - 1) {
        const int *first = search->l->first + fpl_model_offset(search->model, j) +
                           __builtin_ctzll(set);
        for (int lane = first[0]; lane < first[1]; lane++) {
            int64_t worst = search->task.tolerance +
                            fpli_lane_value(search->l, search->l->base, (size_t)lane);
            for (int i = 0; i < search->n; i++) {
                int32_t least = INT32_MAX;
                for (uint64_t a = domains[i]; a != 0; a &= a - 1) {
                    const void *row =
                        search->l->variant_row[fpl_model_offset(search->model, i) +
                                               __builtin_ctzll(a)];
                    const int32_t value = fpli_lane_value(search->l, row, (size_t)lane);
                    if (value < least) least = value;
                }
                worst += least;
            }
            if (worst < 0) return true;
        }
    }
    return false;
}

/* ---- branching ---------------------------------------------------------------------------- */

static bool is_open(const fpli_search *s, const node *at, int d)
{
    return (at->domains[d] & (at->domains[d] - 1)) != 0 &&
           (s->scope == NULL || s->scope[d]);
}

static void weigh(fpli_search *s, const node *at, const uint64_t *mask)
{
    s->l->kernel->weigh(s->weight, at->lanes, mask, s->l->n, s->shift);
}

uint32_t fpli_search_loss(const fpli_search *search, int d)
{
    const size_t n = search->l->n;
    return search->l->kernel->expect(search->weight, search->loss + (size_t)d * n, n);
}

/* The descriptor to decide next, or -1 if everything in scope is decided. */
static int choose(fpli_search *s, const node *at)
{
    int n_open = 0;
    for (int d = 0; d < s->n; d++)
        if (is_open(s, at, d)) s->open[n_open++] = (uint16_t)d;
    if (n_open == 0) return -1;
    int best = s->open[0];
    if (n_open == 1) return best;
    weigh(s, at, at->live);
    uint32_t most = 0;
    for (int i = 0; i < n_open; i++) {
        const int d = s->open[i];
        const uint32_t loss = fpli_search_loss(s, d);
        if (loss > most) {
            most = loss;
            best = d;
        }
    }
    return best;
}

/* The child that takes variant v of d. False: it dies at once. */
static bool descend(fpli_search *s, const node *from, int d, int v, node *to)
{
    const uint64_t before = from->domains[d], after = (uint64_t)1 << v;
    memcpy(to->domains, from->domains, (size_t)s->n * sizeof *to->domains);
    memcpy(to->live, from->live, s->l->n_words * sizeof *to->live);
    to->domains[d] = after;
    for (uint64_t gone = before & ~after; gone != 0; gone &= gone - 1)
        set_lanes_of(s, to->live, d, __builtin_ctzll(gone), false);
    const void *plus = fpli_lanes_row(s->l, d, after, s->scratch[0]);
    const void *minus = fpli_lanes_row(s->l, d, before, s->scratch[1]);
    s->l->kernel->move(to->lanes, from->lanes, plus, minus, s->l->n, s->negative);
    return propagate(s, to);
}

static void stop_if_due(fpli_search *s)
{
    if (s->max_nodes > 0 && s->nodes >= s->max_nodes) s->stopped = true;
    if (s->nodes < s->next_poll) return;
    s->next_poll = s->nodes + POLL_EVERY;
    if (s->poll != NULL && !s->poll(s->context)) s->stopped = true;
}

/* share: of the run, below this node. */
static void visit(fpli_search *s, int depth, double share)
{
    const node *at = &s->stack[depth];
    s->nodes++;
    s->depth = depth;
    if (depth >= s->n_from) {
        s->n_from = 0;
        stop_if_due(s);
    }
    if (s->stopped) return;
    const int d = choose(s, at);
    if (d < 0) {
        s->done += share;
        s->stopped = !s->found(s->context, at->domains);
        return;
    }
    const int first = depth < s->n_from ? s->path[depth] : 0;
    share /= __builtin_popcountll(at->domains[d]);
    for (uint64_t set = at->domains[d]; set != 0 && !s->stopped; set &= set - 1) {
        const int v = __builtin_ctzll(set);
        if (v > first) s->n_from = 0;
        s->path[depth] = (uint8_t)v;
        if (v >= first && descend(s, at, d, v, &s->stack[depth + 1]))
            visit(s, depth + 1, share);
        else
            s->done += share;
    }
}

int fpli_search_position(const fpli_search *search, uint8_t *path)
{
    memcpy(path, search->path, (size_t)search->depth);
    return search->depth;
}

void fpli_search_go_on_at(fpli_search *search, const uint8_t *path, int n)
{
    memcpy(search->path, path, (size_t)n);
    search->n_from = n;
}

double fpli_search_share(const fpli_search *search)
{
    return search->done < 1 ? search->done : 1;
}

static node *start_at(fpli_search *s, const uint64_t *domains, const bool *scope)
{
    node *root = &s->stack[0];
    s->scope = scope;
    memcpy(root->domains, domains, (size_t)s->n * sizeof *domains);
    build(s, root);
    return root;
}

bool fpli_search_run(fpli_search *search, const uint64_t *domains, const bool *scope,
                     uint64_t max_nodes, fpli_found found, bool (*poll)(void *context),
                     void *context)
{
    start_at(search, domains, scope);
    search->max_nodes = max_nodes == 0 ? 0 : search->nodes + max_nodes;
    search->next_poll = search->nodes + POLL_EVERY;
    search->found = found;
    search->poll = poll;
    search->context = context;
    search->stopped = false;
    search->done = 0;
    visit(search, 0, 1);
    search->n_from = 0;
    return !search->stopped;
}

int fpli_search_expand(fpli_search *search, const uint64_t *domains, const bool *scope,
                       uint64_t *children)
{
    const node *root = start_at(search, domains, scope);
    search->nodes++;
    const int d = choose(search, root);
    if (d < 0) return -1;
    int n = 0;
    for (uint64_t set = root->domains[d]; set != 0; set &= set - 1)
        if (descend(search, root, d, __builtin_ctzll(set), &search->stack[1]))
            memcpy(children + (size_t)n++ * (size_t)search->n, search->stack[1].domains,
                   (size_t)search->n * sizeof *children);
    return n;
}

/* ---- walking alone ------------------------------------------------------------------------ */

void fpli_search_start(fpli_search *search, const uint64_t *domains)
{
    start_at(search, domains, NULL);
}

fpli_place fpli_search_place(const fpli_search *search, int depth)
{
    const node *at = &search->stack[depth];
    return (fpli_place){at->lanes, at->live, at->domains};
}

bool fpli_search_descend(fpli_search *search, int depth, int d, int v)
{
    search->nodes++;
    return descend(search, &search->stack[depth], d, v, &search->stack[depth + 1]);
}

void fpli_search_weigh(fpli_search *search, int depth, const uint64_t *mask)
{
    weigh(search, &search->stack[depth], mask);
}
