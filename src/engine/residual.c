/* Two bounds decide whether a lane is settled. The best that D(b,c) can still be is the lane itself;
 * the worst is minus the best of D(c,b), but for the diagonal, which belongs to the variant chosen.
 * A lane whose worst is not negative has nothing to say any more, and who acts on such lanes only
 * acts on nobody. */
#include "engine/residual.h"

#include "base/mem.h"
#include "model/formula.h"

#include <string.h>

enum { SUBSET_VARIANTS_MAX = 6 };

struct fpli_residual {
    const fpli_lanes *l;
    const fpl_model *model;
    const fpli_task *task;
    int n;
    int *offset;     /* flat variants before each descriptor, one more at the end */
    int32_t *mirror; /* by lane (j, b, c): the lane (j, c, b) */
    int64_t *sum;    /* worst of a lane = sum - value of its mirror */
    uint64_t **
        reach; /* by descriptor: for each set of its variants the mask of lanes on which they
                           differ; for one with many variants a single mask, for all of them */
    fpli_tie *ties;
    int n_ties;
    /* working memory */
    uint64_t *trial;     /* domains */
    int *parent;         /* union and find: descriptors, then tests, then ties */
    int *group;          /* by root */
    bool *is_candidate;  /* by descriptor: a test of the group that is split */
    bool *is_threatened; /* by descriptor: a test of this node that may still fail */
    uint16_t *open;
};

/* ---- set-up ------------------------------------------------------------------------------- */

static void pair_lanes(fpli_residual *r)
{
    const fpli_lanes *l = r->l;
    const int64_t tolerance = r->task->tolerance > l->range ? l->range
                                                            : r->task->tolerance;
    for (size_t at = 0; at < l->n_used; at++) {
        const fpli_lane lane = l->lane[at];
        const int first = l->first[fpl_model_offset(r->model, lane.target) + lane.rival];
        const int mirror = first +
                           (lane.variant < lane.rival ? lane.variant : lane.variant - 1);
        r->mirror[at] = mirror;
        r->sum[at] = 2 * tolerance + fpli_lane_value(l, l->base, at) +
                     fpli_lane_value(l, l->base, (size_t)mirror);
    }
}

/* Lanes on which two or more variants of the set differ. */
static void fill_reach(const fpli_residual *r, int d, uint64_t set, uint64_t *mask)
{
    void *const *rows = r->l->variant_row + fpl_model_offset(r->model, d);
    const void *first = rows[__builtin_ctzll(set)];
    for (uint64_t rest = set & (set - 1); rest != 0; rest &= rest - 1) {
        const void *row = rows[__builtin_ctzll(rest)];
        for (size_t at = 0; at < r->l->n_used; at++)
            if (fpli_lane_value(r->l, row, at) != fpli_lane_value(r->l, first, at))
                mask[at / 64] |= (uint64_t)1 << at % 64;
    }
}

static fpl_status fill_reaches(fpli_residual *r)
{
    const size_t words = r->l->n_words;
    for (int d = 0; d < r->n; d++) {
        const int k = fpl_model_n_variants(r->model, d);
        const bool few = k <= SUBSET_VARIANTS_MAX;
        r->reach[d] = fpli_new(few ? (size_t)1 << k : 1, words * sizeof **r->reach);
        if (r->reach[d] == NULL) return FPL_E_MEMORY;
        if (!few) fill_reach(r, d, fpli_all_variants(r->model, d), r->reach[d]);
        for (uint64_t set = 1; few && set < (uint64_t)1 << k; set++)
            fill_reach(r, d, set, r->reach[d] + set * words);
    }
    return FPL_OK;
}

static fpl_status add_tie(fpli_residual *r, const fpl_formula *formula, bool is_exclusion)
{
    fpli_tie *tie = &r->ties[r->n_ties++];
    *tie = (fpli_tie){.formula = formula, .is_exclusion = is_exclusion};
    tie->named = fpli_new((size_t)r->n, sizeof *tie->named);
    bool *named = fpli_new((size_t)r->n, sizeof *named);
    if (tie->named != NULL && named != NULL) {
        fpl_formula_mark_descriptors(formula, named);
        for (int d = 0; d < r->n; d++)
            if (named[d]) tie->named[tie->n_named++] = (uint16_t)d;
    }
    const bool there = tie->named != NULL && named != NULL;
    fpli_free(named);
    return there ? FPL_OK : FPL_E_MEMORY;
}

static fpl_status note_ties(fpli_residual *r)
{
    fpl_status status = FPL_OK;
    const fpl_content *content = fpl_model_content(r->model);
    r->ties = fpli_new((size_t)content->exclusions.n + 1, sizeof *r->ties);
    FPL_TRY(r->ties == NULL ? FPL_E_MEMORY : FPL_OK);
    for (int e = 0; e < content->exclusions.n; e++)
        FPL_TRY(add_tie(r, content->exclusions.items[e].when.formula, true));
    if (r->task->where != NULL) FPL_TRY(add_tie(r, r->task->where, false));
out:
    return status;
}

fpl_status fpli_residual_new(const fpli_lanes *lanes, const fpli_task *task,
                             fpli_residual **residual)
{
    fpl_status status = FPL_OK;
    fpli_residual *r = fpli_new(1, sizeof *r);
    if (r == NULL) return FPL_E_MEMORY;
    r->l = lanes;
    r->model = lanes->model;
    r->task = task;
    r->n = fpl_model_n_descriptors(lanes->model);
    const size_t n = (size_t)r->n;
    r->mirror = fpli_new(lanes->n_used, sizeof *r->mirror);
    r->sum = fpli_new(lanes->n_used, sizeof *r->sum);
    r->reach = fpli_new(n, sizeof *r->reach);
    r->offset = fpli_new(n + 1, sizeof *r->offset);
    r->trial = fpli_new(n, sizeof *r->trial);
    r->is_threatened = fpli_new(n, sizeof *r->is_threatened);
    r->is_candidate = fpli_new(n, sizeof *r->is_candidate);
    r->open = fpli_new(n, sizeof *r->open);
    FPL_TRY(r->offset == NULL || r->mirror == NULL || r->sum == NULL ||
                    r->reach == NULL || r->trial == NULL || r->is_threatened == NULL ||
                    r->is_candidate == NULL || r->open == NULL
                ? FPL_E_MEMORY
                : FPL_OK);
    FPL_TRY(note_ties(r));
    r->parent = fpli_new(2 * n + (size_t)r->n_ties, sizeof *r->parent);
    r->group = fpli_new(2 * n + (size_t)r->n_ties, sizeof *r->group);
    FPL_TRY(r->parent == NULL || r->group == NULL ? FPL_E_MEMORY : FPL_OK);
    for (int d = 0; d <= r->n; d++) r->offset[d] = fpl_model_offset(r->model, d);
    pair_lanes(r);
    FPL_TRY(fill_reaches(r));
    *residual = r;
    r = NULL;
out:
    fpli_residual_free(r);
    return status;
}

void fpli_residual_free(fpli_residual *residual)
{
    if (residual == NULL) return;
    for (int d = 0; residual->reach != NULL && d < residual->n; d++)
        fpli_free(residual->reach[d]);
    for (int t = 0; t < residual->n_ties; t++) fpli_free(residual->ties[t].named);
    fpli_free(residual->ties);
    fpli_free(residual->offset);
    fpli_free(residual->mirror);
    fpli_free(residual->sum);
    fpli_free(residual->reach);
    fpli_free(residual->trial);
    fpli_free(residual->is_threatened);
    fpli_free(residual->is_candidate);
    fpli_free(residual->open);
    fpli_free(residual->parent);
    fpli_free(residual->group);
    fpli_free(residual);
}

const fpli_tie *fpli_residual_tie(const fpli_residual *residual, int tie)
{
    return &residual->ties[tie];
}

int fpli_residual_n_ties(const fpli_residual *residual)
{
    return residual->n_ties;
}

fpl_status fpli_split_init(const fpli_residual *residual, fpli_split *split)
{
    const size_t n = (size_t)residual->n, ties = (size_t)residual->n_ties;
    memset(split, 0, sizeof *split);
    split->open = fpli_new(n, sizeof *split->open);
    split->tests = fpli_new(n, sizeof *split->tests);
    split->ties = fpli_new(ties, sizeof *split->ties);
    split->first_open = fpli_new(n + 1, sizeof *split->first_open);
    split->first_test = fpli_new(n + 1, sizeof *split->first_test);
    split->first_tie = fpli_new(n + 1, sizeof *split->first_tie);
    split->degree = fpli_new(n, sizeof *split->degree);
    split->sources = fpli_new(n, sizeof *split->sources);
    split->threat = fpli_new(residual->l->n_words, sizeof *split->threat);
    return split->open == NULL || split->tests == NULL || split->ties == NULL ||
                   split->first_open == NULL || split->first_test == NULL ||
                   split->first_tie == NULL || split->degree == NULL ||
                   split->sources == NULL || split->threat == NULL
               ? FPL_E_MEMORY
               : FPL_OK;
}

void fpli_split_clear(fpli_split *split)
{
    fpli_free(split->open);
    fpli_free(split->tests);
    fpli_free(split->ties);
    fpli_free(split->first_open);
    fpli_free(split->first_test);
    fpli_free(split->first_tie);
    fpli_free(split->degree);
    fpli_free(split->sources);
    fpli_free(split->threat);
}

fpli_group fpli_split_group(const fpli_split *split, int group)
{
    const int open = split->first_open[group], test = split->first_test[group],
              tie = split->first_tie[group];
    return (fpli_group){
        .open = split->open + open,
        .tests = split->tests + test,
        .ties = split->ties + tie,
        .n_open = split->first_open[group + 1] - open,
        .n_tests = split->first_test[group + 1] - test,
        .n_ties = split->first_tie[group + 1] - tie,
        .threat = split->threat,
    };
}

/* ---- joining ------------------------------------------------------------------------------ */

static bool is_open(const fpli_place *place, int d)
{
    return (place->domains[d] & (place->domains[d] - 1)) != 0;
}

static int find(int *parent, int x)
{
    while (parent[x] != x) x = parent[x] = parent[parent[x]];
    return x;
}

static void join(int *parent, int a, int b)
{
    parent[find(parent, a)] = find(parent, b);
}

/* Of the lanes that could turn out negative above, those that still can. */
static void mark_threats(const fpli_residual *r, const fpli_place *place,
                         const uint64_t *above, uint64_t *threat)
{
    for (size_t word = 0; word < r->l->n_words; word++) {
        threat[word] = 0;
        for (uint64_t bits = above[word] & place->live[word]; bits != 0;
             bits &= bits - 1) {
            const size_t lane = word * 64 + (size_t)__builtin_ctzll(bits);
            const int j = r->l->lane[lane].target;
            if (!r->is_candidate[j] ||
                r->sum[lane] >=
                    fpli_lane_value(r->l, place->lanes, (size_t)r->mirror[lane]))
                continue;
            threat[word] |= bits & (~bits + 1);
            r->is_threatened[j] = true;
        }
    }
}

/* Lanes on which the variants that d may still take differ, or a few more. */
static const uint64_t *reach_of(const fpli_residual *r, int d, uint64_t domain)
{
    return fpl_model_n_variants(r->model, d) > SUBSET_VARIANTS_MAX
               ? r->reach[d]
               : r->reach[d] + domain * r->l->n_words;
}

/* Join d with the tests that it may still change. */
static void join_tests(fpli_residual *r, const fpli_place *place, int d,
                       fpli_split *split)
{
    const uint64_t *reach = reach_of(r, d, place->domains[d]);
    int last = -1, root = find(r->parent, d);
    for (size_t word = 0; word < r->l->n_words; word++)
        for (uint64_t bits = reach[word] & split->threat[word]; bits != 0;
             bits &= bits - 1) {
            const int j = r->l->lane[word * 64 + (size_t)__builtin_ctzll(bits)].target;
            if (j == last) continue;
            last = j;
            split->degree[d]++;
            split->sources[j]++;
            const int other = find(r->parent, r->n + j);
            r->parent[other] = root;
        }
    if (!r->is_threatened[d]) return;
    join(r->parent, d, r->n + d);
    split->sources[d]++;
}

bool fpli_residual_acts(const fpli_residual *residual, const fpli_place *place,
                        const fpli_split *split, int d, int j)
{
    const int *first = residual->l->first + residual->offset[j];
    const size_t from = (size_t)first[0] / 64;
    const size_t to = (size_t)first[residual->offset[j + 1] - residual->offset[j]];
    if (d == j) return true;
    const uint64_t *reach = reach_of(residual, d, place->domains[d]);
    for (size_t word = from; word * 64 < to; word++) {
        uint64_t bits = reach[word] & split->threat[word];
        if (word == from) bits &= ~(uint64_t)0 << first[0] % 64;
        if (to < word * 64 + 64) bits &= ~(~(uint64_t)0 << to % 64);
        if (bits != 0) return true;
    }
    return false;
}

/* Whether a formula still has a say. An exclusion has one as long as it may come true for a rival of
 * a test that is not settled (M2.8), so the domains of those are taken in full; what is false over
 * larger domains is false over smaller ones. */
static bool is_undecided(fpli_residual *r, const fpli_place *place, const fpli_tie *tie)
{
    for (int i = 0; i < tie->n_named; i++) {
        const int d = tie->named[i];
        r->trial[d] = tie->is_exclusion && r->is_threatened[d]
                          ? fpli_all_variants(r->model, d)
                          : place->domains[d];
    }
    return fpli_formula_under(tie->formula, r->trial) !=
           (tie->is_exclusion ? FPLI_FALSE : FPLI_TRUE);
}

/* All that an undecided tie names and that is still open lies in one group. */
static void join_tie(fpli_residual *r, const fpli_place *place, int t)
{
    const fpli_tie *tie = &r->ties[t];
    if (!is_undecided(r, place, tie)) return;
    for (int i = 0; i < tie->n_named; i++) {
        const int d = tie->named[i];
        if (is_open(place, d)) join(r->parent, 2 * r->n + t, d);
        if (tie->is_exclusion && r->is_threatened[d])
            join(r->parent, 2 * r->n + t, r->n + d);
    }
}

static void start(fpli_residual *r, const fpli_place *place, const fpli_group *within,
                  fpli_split *split)
{
    for (int i = 0; i < within->n_open; i++) {
        const int d = within->open[i];
        r->parent[d] = d;
        split->degree[d] = 0;
    }
    for (int i = 0; i < within->n_tests; i++) {
        const int j = within->tests[i];
        r->parent[r->n + j] = r->n + j;
        r->is_candidate[j] = true;
        split->sources[j] = 0;
    }
    for (int i = 0; i < within->n_ties; i++) {
        const int t = 2 * r->n + within->ties[i];
        r->parent[t] = t;
    }
    mark_threats(r, place, within->threat, split->threat);
}

/* ---- groups ------------------------------------------------------------------------------- */

/* Sort the items that belong to a group by group, the order within as it was. Their nodes in the
 * forest begin at `base`. */
static void sort_by_group(fpli_residual *r, const uint16_t *from, int n, int base,
                          int n_groups, uint16_t *to, int *first)
{
    memset(first, 0, ((size_t)n_groups + 1) * sizeof *first);
    for (int i = 0; i < n; i++) {
        const int group = r->group[find(r->parent, base + from[i])];
        if (group >= 0) first[group + 1]++;
    }
    for (int g = 0; g < n_groups; g++) first[g + 1] += first[g];
    for (int i = 0; i < n; i++) {
        const int group = r->group[find(r->parent, base + from[i])];
        if (group >= 0) to[first[group]++] = from[i];
    }
    for (int g = n_groups; g > 0; g--) first[g] = first[g - 1];
    first[0] = 0;
}

static void forget_groups(fpli_residual *r, const fpli_group *within)
{
    for (int i = 0; i < within->n_open; i++) r->group[within->open[i]] = -1;
    for (int i = 0; i < within->n_tests; i++) r->group[r->n + within->tests[i]] = -1;
    for (int i = 0; i < within->n_ties; i++) r->group[2 * r->n + within->ties[i]] = -1;
}

void fpli_residual_split(fpli_residual *residual, const fpli_place *place,
                         const fpli_group *within, fpli_split *split)
{
    fpli_residual *r = residual;
    int n_open = 0;
    start(r, place, within, split);
    for (int i = 0; i < within->n_open; i++) {
        const int d = within->open[i];
        if (!is_open(place, d)) continue;
        join_tests(r, place, d, split);
        r->open[n_open++] = (uint16_t)d;
    }
    for (int i = 0; i < within->n_ties; i++) join_tie(r, place, within->ties[i]);
    forget_groups(r, within);
    split->n_groups = 0;
    for (int i = 0; i < n_open; i++) {
        int *group = &r->group[find(r->parent, r->open[i])];
        if (*group < 0) *group = split->n_groups++;
    }
    sort_by_group(r, r->open, n_open, 0, split->n_groups, split->open, split->first_open);
    sort_by_group(r, within->tests, within->n_tests, r->n, split->n_groups, split->tests,
                  split->first_test);
    sort_by_group(r, within->ties, within->n_ties, 2 * r->n, split->n_groups, split->ties,
                  split->first_tie);
    for (int i = 0; i < within->n_tests; i++)
        r->is_threatened[within->tests[i]] = r->is_candidate[within->tests[i]] = false;
}
