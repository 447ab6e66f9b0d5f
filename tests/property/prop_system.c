/* Sums, powers, paths, loops and components are what their definitions give, restated plainly: sums
 * cell by cell, powers by multiplying matrices, chains by trying all sequences, components by
 * reachability. */
#include "support/check.h"

#include "oracle/oracle.h"
#include "support/random.h"

#include <fahrplan/system.h>

enum { MOST = 8 };

static int cell(const fpl_model *model, int i, int a, int j, int b)
{
    return fpl_model_judgement(model, i, a, j, b);
}

static int64_t strength(const fpl_model *model, int i, int j)
{
    int64_t sum = 0;
    for (int a = 0; a < fpl_model_n_variants(model, i); a++)
        for (int b = 0; b < fpl_model_n_variants(model, j); b++) {
            const int c = cell(model, i, a, j, b);
            sum += c < 0 ? -c : c;
        }
    return sum;
}

static int64_t lift(const fpl_model *model, int i, int j)
{
    if (!fpl_model_is_ordered(model, i) || !fpl_model_is_ordered(model, j)) return 0;
    const int hi = fpl_model_n_variants(model, i) - 1;
    const int top = fpl_model_n_variants(model, j) - 1;
    return (cell(model, i, hi, j, top) - cell(model, i, hi, j, 0)) -
           (cell(model, i, 0, j, top) - cell(model, i, 0, j, 0));
}

/* Some variant of i does not judge all variants of j alike. */
static bool acts(const fpl_model *model, int i, int j)
{
    for (int a = 0; a < fpl_model_n_variants(model, i); a++)
        for (int b = 0; b < fpl_model_n_variants(model, j); b++)
            for (int c = 0; c < fpl_model_n_variants(model, j); c++)
                if (i != j && cell(model, i, a, j, b) != cell(model, i, a, j, c))
                    return true;
    return false;
}

static void sums_are_those_of_the_cells(const fpl_model *model, const fpl_system *s)
{
    const int n = fpl_model_n_descriptors(model);
    int64_t total = 0;
    for (int d = 0; d < n; d++) {
        int64_t active = 0, passive = 0;
        bool sends = false, receives = false;
        for (int other = 0; other < n; other++) {
            if (other == d) continue;
            active += strength(model, d, other);
            passive += strength(model, other, d);
            sends = sends || acts(model, d, other);
            receives = receives || acts(model, other, d);
        }
        const fpl_standing *standing = fpl_system_standing(s, d);
        assert_int_equal(standing->active, active);
        assert_int_equal(standing->passive, passive);
        assert_int_equal(standing->self, strength(model, d, d));
        assert_int_equal(standing->sends, sends);
        assert_int_equal(standing->receives, receives);
        total += active;
    }
    assert_int_equal(fpl_system_total(s), total);
    for (int d = 0; d < n; d++) {
        const fpl_standing *standing = fpl_system_standing(s, d);
        const bool active = standing->active * n > total;
        const bool passive = standing->passive * n > total;
        assert_int_equal(active, standing->place == FPL_GRID_ACTIVE ||
                                     standing->place == FPL_GRID_CRITICAL);
        assert_int_equal(passive, standing->place == FPL_GRID_PASSIVE ||
                                      standing->place == FPL_GRID_CRITICAL);
    }
}

/* ---- powers -------------------------------------------------------------------------------- */

typedef struct square {
    double at[MOST][MOST];
} square;

static double largest(const double *sums, int n)
{
    double most = 0;
    for (int d = 0; d < n; d++) most = sums[d] > most ? sums[d] : most;
    return most;
}

static void compare_sums(const double *sums, int n, const double *shares,
                         const int *ranks)
{
    const double most = largest(sums, n);
    for (int d = 0; d < n; d++) {
        int rank = 1;
        for (int other = 0; other < n; other++) rank += sums[other] > sums[d] * 1.000001;
        const double due = most > 0 ? sums[d] / most : 0;
        assert_true(shares[d] >= due - 1e-6 && shares[d] <= due + 1e-6);
        if (rank == ranks[d]) continue;
        /* Sums that are nearly equal, but not quite, are told apart in integers. */
        int lowest = 1;
        for (int other = 0; other < n; other++)
            lowest += sums[other] > sums[d] * 0.999999;
        assert_in_range(ranks[d], rank, lowest);
    }
}

static void powers_are_those_of_the_matrix(const fpl_model *model, const fpl_system *s)
{
    const int n = fpl_model_n_descriptors(model);
    square direct = {{{0}}}, power;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            if (i != j) direct.at[i][j] = (double)strength(model, i, j);
    power = direct;
    for (int k = 0; k < fpl_system_n_powers(s); k++) {
        const fpl_power *found = fpl_system_power(s, k);
        double active[MOST] = {0}, passive[MOST] = {0};
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) {
                active[i] += power.at[i][j];
                passive[j] += power.at[i][j];
            }
        compare_sums(active, n, found->active_shares, found->active_ranks);
        compare_sums(passive, n, found->passive_shares, found->passive_ranks);
        square next = {{{0}}};
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                for (int m = 0; m < n; m++)
                    next.at[i][j] += power.at[i][m] * direct.at[m][j];
        power = next;
    }
}

/* ---- paths and loops ----------------------------------------------------------------------- */

/* All sequences of different descriptors, one influence after the other. */
typedef struct trial {
    const fpl_model *model;
    int sequence[MOST], n;
    int from, to; /* of paths; -1: loops */
    int most;     /* descriptors */
    const fpl_chain *(*found)(const void *set, size_t index);
    const void *set;
    size_t n_found, n_due;
} trial;

static bool same_chain(const trial *t, const fpl_chain *chain)
{
    if (chain->n != t->n) return false;
    for (int k = 0; k < t->n; k++)
        if (chain->descriptors[k] != t->sequence[k]) return false;
    return true;
}

/* The sequence is due: it was found once, with its figures. */
static void expect(trial *t)
{
    size_t hits = 0;
    int64_t least = INT64_MAX, least_lift = INT64_MAX;
    int sign = 1;
    for (int k = 0; k < t->n - (t->from >= 0); k++) {
        const int i = t->sequence[k], j = t->sequence[(k + 1) % t->n];
        const int64_t l = lift(t->model, i, j), s = strength(t->model, i, j);
        least = s < least ? s : least;
        least_lift = llabs(l) < least_lift ? llabs(l) : least_lift;
        sign *= l > 0 ? 1 : l < 0 ? -1 : 0;
    }
    for (size_t c = 0; c < t->n_found; c++) {
        const fpl_chain *chain = t->found(t->set, c);
        if (!same_chain(t, chain)) continue;
        hits++;
        assert_int_equal(chain->sign, sign);
        assert_int_equal(chain->lift, least_lift);
        assert_int_equal(chain->strength, least);
    }
    assert_int_equal(hits, 1);
    t->n_due++;
}

static void try_all(trial *t)
{
    const int last = t->sequence[t->n - 1];
    if (t->from >= 0 && last == t->to) {
        expect(t);
        return;
    }
    if (t->from < 0 && t->n > 1 && acts(t->model, last, t->sequence[0])) expect(t);
    for (int d = 0; d < fpl_model_n_descriptors(t->model) && t->n < t->most; d++) {
        bool fresh = acts(t->model, last, d) && (t->from >= 0 || d > t->sequence[0]);
        for (int k = 0; k < t->n; k++) fresh = fresh && t->sequence[k] != d;
        if (!fresh) continue;
        t->sequence[t->n++] = d;
        try_all(t);
        t->n--;
    }
}

static const fpl_chain *loop_of(const void *set, size_t index)
{
    return fpl_system_loop(set, index);
}

static const fpl_chain *path_of(const void *set, size_t index)
{
    return fpl_paths_get(set, index);
}

static void loops_are_all_there_are(const fpl_model *model, const fpl_system *s)
{
    trial t = {.model = model, .from = -1, .to = -1, .found = loop_of, .set = s};
    t.most = fpl_system_loop_length(s);
    t.n_found = fpl_system_n_loops(s);
    for (int d = 0; d < fpl_model_n_descriptors(model); d++) {
        t.sequence[0] = d;
        t.n = 1;
        try_all(&t);
    }
    assert_int_equal(t.n_due, t.n_found);
    for (size_t l = 1; l < t.n_found; l++) {
        const fpl_chain *a = fpl_system_loop(s, l - 1), *b = fpl_system_loop(s, l);
        assert_true(a->n <= b->n);
        assert_true(a->n < b->n || a->lift >= b->lift);
    }
}

static void paths_are_all_there_are(const fpl_model *model, int length)
{
    const int n = fpl_model_n_descriptors(model);
    for (int from = 0; from < n; from++)
        for (int to = 0; to < n; to++) {
            fpl_paths *paths = NULL;
            if (from == to) continue;
            assert_int_equal(fpl_paths_find(model, from, to, length, NULL, &paths, NULL),
                             FPL_OK);
            trial t = {.model = model,
                       .sequence = {from},
                       .n = 1,
                       .from = from,
                       .to = to,
                       .most = fpl_paths_length(paths) + 1,
                       .found = path_of,
                       .set = paths,
                       .n_found = fpl_paths_n(paths)};
            try_all(&t);
            assert_int_equal(t.n_due, t.n_found);
            for (size_t p = 1; p < t.n_found; p++)
                assert_true(fpl_paths_get(paths, p - 1)->strength >=
                            fpl_paths_get(paths, p)->strength);
            fpl_paths_free(paths);
        }
}

/* ---- components, dominated variants -------------------------------------------------------- */

static void components_are_mutual_reach(const fpl_model *model, const fpl_system *s)
{
    const int n = fpl_model_n_descriptors(model);
    bool reach[MOST][MOST];
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) reach[i][j] = i == j || acts(model, i, j);
    for (int via = 0; via < n; via++)
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                reach[i][j] = reach[i][j] || (reach[i][via] && reach[via][j]);
    int n_listed = 0;
    for (int c = 0; c < fpl_system_n_components(s); c++) {
        int size = 0;
        const uint16_t *members = fpl_system_component(s, c, &size);
        for (int k = 0; k < size; k++) {
            assert_int_equal(fpl_system_standing(s, members[k])->component, c);
            assert_true(k == 0 || members[k - 1] < members[k]);
        }
        n_listed += size;
    }
    assert_int_equal(n_listed, n);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            const int from = fpl_system_standing(s, i)->component;
            const int to = fpl_system_standing(s, j)->component;
            assert_int_equal(from == to, reach[i][j] && reach[j][i]);
            assert_true(!reach[i][j] || from <= to);
        }
}

/* A dominated variant is never the best of its descriptor, in any scenario. */
static void dominated_variants_never_win(const fpl_model *model, const fpl_system *s)
{
    for (size_t k = 0; k < fpl_system_n_dominated(s); k++) {
        const fpl_dominated *d = fpl_system_dominated(s, k);
        int64_t best = INT64_MIN;
        for (uint64_t i = 0; i < oracle_space(model); i++) {
            uint16_t z[MOST];
            oracle_scenario(model, i, z);
            if (z[d->descriptor] != d->variant) continue;
            const int64_t lead = oracle_score(model, z, d->descriptor, d->variant) -
                                 oracle_score(model, z, d->descriptor, d->rival);
            best = lead > best ? lead : best;
        }
        assert_true(best < 0);
        assert_int_equal(best, d->best);
    }
}

static void the_system_is_what_its_definitions_give(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(120); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "system");
        fpl_model *model = random_model(&rng, 500);
        fpl_system *s = NULL;
        const fpl_system_options options = {.max_power = (int)fpli_rng_below(&rng, 13),
                                            .loop_length = seed % 2 ? 0 : 2 + seed % 7};
        assert_int_equal(fpl_system_compute(model, &options, NULL, &s, NULL), FPL_OK);
        assert_int_equal(fpl_system_stop(s), FPL_COMPLETE);
        sums_are_those_of_the_cells(model, s);
        powers_are_those_of_the_matrix(model, s);
        components_are_mutual_reach(model, s);
        dominated_variants_never_win(model, s);
        if (fpl_model_n_descriptors(model) <= 6) {
            loops_are_all_there_are(model, s);
            paths_are_all_there_are(model, seed % 6);
        }
        fpl_system_free(s);
        fpl_model_free(model);
    }
}

/* With a cap: as many as it says, and only the longest are missing. */
static void a_cap_cuts_off_the_longest(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(60); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "cap");
        fpl_model *model = random_model(&rng, 500);
        fpl_system *all = NULL, *some = NULL;
        const fpl_limits limits = {.cap = 1 + fpli_rng_below(&rng, 20)};
        assert_int_equal(fpl_system_compute(model, NULL, NULL, &all, NULL), FPL_OK);
        assert_int_equal(fpl_system_compute(model, NULL, &limits, &some, NULL), FPL_OK);
        const size_t n_all = fpl_system_n_loops(all), n = fpl_system_n_loops(some);
        assert_int_equal(n, n_all < limits.cap ? n_all : limits.cap);
        assert_int_equal(fpl_system_stop(some),
                         n < n_all ? FPL_STOPPED_CAP : FPL_COMPLETE);
        for (size_t l = 0; l < n; l++)
            assert_int_equal(fpl_system_loop(some, l)->n, fpl_system_loop(all, l)->n);
        fpl_system_free(all);
        fpl_system_free(some);
        fpl_model_free(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_system_is_what_its_definitions_give),
        cmocka_unit_test(a_cap_cuts_off_the_longest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
