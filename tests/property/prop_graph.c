/* The roadmap graph and its chains against plain restatements, on small random models. */
#include "support/check.h"

#include "support/random.h"
#include "support/roadmaps.h"

#include <fahrplan/graph.h>
#include <fahrplan/scenarios.h>
#include <fahrplan/succession.h>

enum { SPACE = 120, MOST = 400, N_MOST = 8 };

static bool before(const uint16_t *a, const uint16_t *b, int n)
{
    for (int d = n; d-- > 0;)
        if (a[d] != b[d]) return a[d] < b[d];
    return false;
}

/* Where succession from z ends with the drivers held: the first member in listing order. */
static void end_of(const fpl_roadmap *r, const fpl_dynamics *dynamics, const uint16_t *z,
                   uint16_t *end)
{
    const int n = fpl_model_n_descriptors(r->model);
    fpl_fixing held[N_MOST];
    fpl_attractor a = {0};
    for (int i = 0; i < r->n_drivers; i++)
        held[i] = (fpl_fixing){r->drivers[i], z[r->drivers[i]]};
    assert_int_equal(fpl_settle(r->model, dynamics, held, r->n_drivers, z, &a, NULL),
                     FPL_OK);
    memcpy(end, a.members, (size_t)n * sizeof *end);
    for (size_t i = 1; i < a.length; i++)
        if (before(a.members + i * (size_t)n, end, n))
            memcpy(end, a.members + i * (size_t)n, (size_t)n * sizeof *end);
    fpl_attractor_clear(&a);
}

static size_t find(const fpl_graph *g, const uint16_t *z, int n)
{
    for (size_t s = 0; s < fpl_graph_n(g); s++)
        if (memcmp(fpl_graph_get(g, s).members, z, (size_t)n * sizeof *z) == 0) return s;
    return MOST;
}

static bool allowed(const fpl_roadmap *r, const fpl_graph_options *options, size_t row)
{
    return !options->use_max_tension || row == fpl_roadmap_present(r) ||
           r->rows[row].tension <= options->max_tension;
}

static size_t row_of(const fpl_roadmap *r, const uint16_t *z)
{
    for (size_t row = 0; row < r->n_rows; row++) {
        bool same = true;
        for (int i = 0; i < r->n_drivers; i++)
            same = same && r->rows[row].drivers[i] == z[r->drivers[i]];
        if (same) return row;
    }
    fail();
    return 0;
}

/* Every one-step change of a driver is a move, and nothing else; all of them lead where succession
 * says. reach: which situations follow which, closed. */
static void check_moves(const fpl_roadmap *r, const fpl_graph *g,
                        const fpl_graph_options *options, bool *reach)
{
    const int n = fpl_model_n_descriptors(r->model);
    const size_t n_nodes = fpl_graph_n(g);
    size_t n_moves = 0;
    for (size_t s = 0; s < n_nodes; s++) {
        const uint16_t *z = fpl_graph_get(g, s).members;
        size_t at = fpl_graph_first_move(g, s);
        for (int i = 0; i < r->n_drivers; i++) {
            const int d = r->drivers[i];
            for (int v = 0; v < fpl_model_n_variants(r->model, d); v++) {
                uint16_t next[N_MOST], end[N_MOST];
                const int gap = abs(v - (int)z[d]);
                if (gap == 0 || (gap > 1 && fpl_model_is_ordered(r->model, d))) continue;
                memcpy(next, z, (size_t)n * sizeof *z);
                next[d] = (uint16_t)v;
                if (!allowed(r, options, row_of(r, next))) continue;
                end_of(r, &options->dynamics, next, end);
                const fpl_graph_move *move = fpl_graph_get_move(g, at++);
                assert_int_equal(move->from, s);
                assert_int_equal(move->driver, d);
                assert_int_equal(move->variant, v);
                assert_int_equal(move->to, find(g, end, n));
                reach[s * n_nodes + move->to] = true;
                n_moves++;
                uint16_t reverse[N_MOST];
                memcpy(reverse, end, (size_t)n * sizeof *end);
                reverse[d] = z[d];
                bool ratchet = false;
                if (allowed(r, options, row_of(r, reverse))) {
                    end_of(r, &options->dynamics, reverse, end);
                    assert_int_equal(move->back, find(g, end, n));
                    ratchet = fpl_graph_get(g, move->back).levels !=
                              fpl_graph_get(g, s).levels;
                }
                assert_int_equal(move->is_ratchet, ratchet);
            }
        }
        assert_int_equal(at, fpl_graph_first_move(g, s + 1));
    }
    assert_int_equal(n_moves, fpl_graph_n_moves(g));
}

static void close_reach(bool *reach, size_t n)
{
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                if (reach[i * n + k] && reach[k * n + j]) reach[i * n + j] = true;
}

/* Chains of exactly `left` moves from a situation to the goal. */
static uint64_t count_chains(const fpl_graph *g, size_t from, int left, const bool *goal)
{
    uint64_t n = 0;
    if (left == 0) return goal[from];
    for (size_t m = fpl_graph_first_move(g, from); m < fpl_graph_first_move(g, from + 1);
         m++)
        n += count_chains(g, fpl_graph_get_move(g, m)->to, left - 1, goal);
    return n;
}

static void check_chains(const fpl_model *m, const fpl_graph *g, fpli_rng *rng)
{
    char text[512];
    bool goal[MOST];
    fpl_formula *formula = NULL;
    fpl_chains *chains = NULL;
    uint64_t counted = 0;
    const fpl_limits limits = {.cap = 5};
    random_formula(rng, m, text, sizeof text);
    assert_int_equal(fpl_formula_parse(m, text, &formula, NULL), FPL_OK);
    assert_int_equal(fpl_chains_find(g, formula, &limits, &chains, NULL), FPL_OK);
    const size_t n = (size_t)fpl_model_n_descriptors(m);
    for (size_t s = 0; s < fpl_graph_n(g); s++) {
        const fpl_situation at = fpl_graph_get(g, s);
        goal[s] = true;
        for (size_t i = 0; i < at.length; i++)
            goal[s] = goal[s] && fpl_formula_holds(formula, at.members + i * n);
    }
    const int length = fpl_chains_length(chains);
    for (int l = 0; l < (length < 0 ? 4 : length); l++)
        assert_int_equal(count_chains(g, 0, l, goal), 0);
    assert_int_equal(fpl_count_get_u64(fpl_chains_count(chains), &counted), FPL_OK);
    if (length >= 0 && length < 5)
        assert_int_equal(counted, count_chains(g, 0, length, goal));
    if (length > 0) assert_int_equal(fpl_chains_n(chains), counted < 5 ? counted : 5);
    for (size_t c = 0; c < fpl_chains_n(chains); c++) {
        uint32_t at = 0;
        for (int i = 0; i < length; i++) {
            const fpl_graph_move *move = fpl_graph_get_move(g,
                                                            fpl_chains_get(chains, c)[i]);
            assert_int_equal(move->from, at);
            at = move->to;
        }
        assert_true(goal[at]);
    }
    fpl_chains_free(chains);
    fpl_formula_free(formula);
}

static void graphs_agree(void **state)
{
    (void)state;
    int n_no_return = 0, n_ratchets = 0;
    for (int seed = 0; seed < test_scale(150); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "graph");
        fpl_model *plain = random_model(&rng, SPACE);
        fpl_model *m = model_with_level(&rng, plain);
        fpl_model_free(plain);
        if (m == NULL) continue;
        const fpl_graph_options options = {
            .all = seed % 2 == 0,
            .use_max_tension = seed % 3 == 0,
            .max_tension = 2,
            .dynamics = {.rule = seed % 4 == 1 ? FPL_SUCCESSION_GLOBAL
                                               : FPL_SUCCESSION_LOCAL,
                         .memory = seed % 5 == 0}};
        fpl_roadmap *r = NULL;
        fpl_graph *g = NULL;
        assert_int_equal(fpl_roadmap_compute(m, NULL, NULL, &r, NULL), FPL_OK);
        assert_int_equal(fpl_graph_make(r, &options, NULL, &g, NULL), FPL_OK);
        const size_t n = fpl_graph_n(g);
        bool *reach = calloc(n * n, sizeof *reach);
        assert_true(n < MOST);
        uint16_t start[N_MOST], end[N_MOST];
        memcpy(start, fpl_roadmap_start(r),
               (size_t)fpl_model_n_descriptors(m) * sizeof *start);
        end_of(r, &options.dynamics, start, end);
        assert_int_equal(find(g, end, fpl_model_n_descriptors(m)), 0);
        check_moves(r, g, &options, reach);
        close_reach(reach, n);
        for (size_t s = 1; s < n && !options.all; s++) assert_true(reach[s]);
        for (size_t i = 0; i < fpl_graph_n_moves(g); i++) {
            const fpl_graph_move *move = fpl_graph_get_move(g, i);
            assert_int_equal(move->is_no_return,
                             move->from != move->to && !reach[move->to * n + move->from]);
            n_no_return += move->is_no_return;
            n_ratchets += move->is_ratchet;
        }
        check_chains(m, g, &rng);
        free(reach);
        fpl_graph_free(g);
        fpl_roadmap_free(r);
        fpl_model_free(m);
    }
    assert_true(n_no_return > 0 && n_ratchets > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(graphs_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
