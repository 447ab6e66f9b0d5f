/* Basins, traces and reach against following every start by the plain definition, on small random
 * models with memory. */
#include "support/check.h"

#include "oracle/oracle.h"
#include "support/random.h"

#include <fahrplan/basins.h>

#include <math.h>

enum { SPACE = 200, N_MOST = 8, PATH_MOST = 20000 };

/* Give some descriptors stickiness, moves that never happen, kinds; and some variants lags. */
static fpl_model *with_memory(fpli_rng *rng, const fpl_model *plain, bool lags)
{
    fpl_builder *b = NULL;
    fpl_model *model = NULL;
    fpl_error error = {0};
    assert_int_equal(fpl_builder_copy(plain, &b, NULL), FPL_OK);
    const fpl_content *content = fpl_builder_content(b);
    fpl_move moves[N_MOST];
    for (int d = 0; d < content->descriptors.n; d++) {
        fpl_descriptor *own = &content->descriptors.items[d];
        const uint64_t k = (uint64_t)own->variants.n;
        own->kind = (fpl_kind)fpli_rng_below(rng, FPL_OUTCOME + 1);
        if (fpli_rng_below(rng, 3) == 0) own->stickiness = (int)fpli_rng_below(rng, 4);
        if (k > 1 && fpli_rng_below(rng, 4) == 0) {
            const size_t from = (size_t)fpli_rng_below(rng, k);
            const size_t to = (from + 1 + (size_t)fpli_rng_below(rng, k - 1)) % (size_t)k;
            moves[d] = (fpl_move){.from = {.id = own->variants.items[from].id},
                                  .to = {.id = own->variants.items[to].id}};
            own->never.items = &moves[d];
            own->never.n = 1;
        }
        for (int v = 0; lags && v < own->variants.n; v++)
            if (fpli_rng_below(rng, 3) == 0)
                own->variants.items[v].lag = (int)fpli_rng_below(rng, 4);
    }
    if (fpl_builder_build(b, &model, &error) != FPL_OK) fail_msg("%s", error.message);
    fpl_builder_free(b);
    return model;
}

/* A place: chosen, acting, steps still to wait. */
typedef struct place {
    uint16_t z[N_MOST], acting[N_MOST], wait[N_MOST];
} place;

static place after(const fpl_model *m, const fpl_dynamics *dynamics, const bool *held,
                   const place *at)
{
    place next = {0};
    oracle_step(m, dynamics, held, at->z, at->acting, next.z);
    for (int d = 0; d < fpl_model_n_descriptors(m); d++) {
        const int lag =
            dynamics->memory
                ? fpl_model_content(m)->descriptors.items[d].variants.items[next.z[d]].lag
                : 0;
        int wait = next.z[d] != at->z[d] ? lag : at->wait[d] > 0 ? at->wait[d] - 1 : 0;
        if (next.z[d] == at->acting[d]) wait = 0;
        next.acting[d] = wait == 0 ? next.z[d] : at->acting[d];
        next.wait[d] = (uint16_t)wait;
    }
    return next;
}

/* One attractor as brute force finds it. */
typedef struct found {
    uint16_t lowest[N_MOST];
    size_t length;
    uint64_t weight;
    double steps;
} found;

static bool listed_before(const uint16_t *a, const uint16_t *b, int n)
{
    for (int d = n - 1; d >= 0; d--)
        if (a[d] != b[d]) return a[d] < b[d];
    return false;
}

static size_t follow(const fpl_model *m, const fpl_dynamics *dynamics, const bool *held,
                     const uint16_t *z, place *path, size_t *steps)
{
    size_t n = 0, back = 0;
    memset(path, 0, sizeof *path);
    for (int d = 0; d < fpl_model_n_descriptors(m); d++)
        path[0].z[d] = path[0].acting[d] = z[d];
    do {
        assert_true(n + 1 < PATH_MOST);
        path[n + 1] = after(m, dynamics, held, &path[n]);
        n++;
        for (back = 0; memcmp(&path[back], &path[n], sizeof *path) != 0;) back++;
    } while (back == n);
    *steps = back;
    return n - back;
}

static size_t brute(const fpl_model *m, const fpl_dynamics *dynamics, const bool *held,
                    const uint16_t *fixed, found *all, place *path)
{
    const int n = fpl_model_n_descriptors(m);
    size_t n_found = 0;
    for (uint64_t i = 0; i < oracle_space(m); i++) {
        uint16_t z[N_MOST] = {0};
        bool is_start = true;
        oracle_scenario(m, i, z);
        for (int d = 0; d < n; d++) is_start = is_start && (!held[d] || z[d] == fixed[d]);
        if (!is_start) continue;
        size_t steps = 0, lowest = 0, at = 0;
        const size_t length = follow(m, dynamics, held, z, path, &steps);
        for (size_t p = 1; p < length; p++)
            if (listed_before(path[steps + p].z, path[steps + lowest].z, n)) lowest = p;
        const uint16_t *low = path[steps + lowest].z;
        while (at < n_found && (memcmp(all[at].lowest, low, sizeof all[at].lowest) != 0 ||
                                all[at].length != length))
            at++;
        if (at == n_found) {
            all[n_found] = (found){.length = length};
            memcpy(all[n_found++].lowest, low, sizeof all[at].lowest);
        }
        all[at].weight++;
        all[at].steps += (double)steps;
    }
    return n_found;
}

static void expect_same(const fpl_model *m, const fpl_basins *basins, const found *all,
                        size_t n_found, bool lags)
{
    const size_t n = (size_t)fpl_model_n_descriptors(m);
    uint64_t sum = 0, starts = 0, cyclic = 0, last = UINT64_MAX;
    assert_int_equal(fpl_basins_stop(basins), FPL_COMPLETE);
    if (!lags) assert_int_equal(fpl_basins_n(basins), n_found);
    for (size_t i = 0; i < fpl_basins_n(basins); i++) {
        const fpl_basin *basin = fpl_basins_get(basins, i);
        uint64_t weight = 0;
        size_t at = 0;
        assert_int_equal(fpl_count_get_u64(basin->weight, &weight), FPL_OK);
        assert_true(weight <= last);
        last = weight;
        sum += weight;
        if (basin->length > 1) cyclic += weight;
        if (lags) continue; /* places of one cycle may look alike */
        while (at < n_found &&
               memcmp(all[at].lowest, basin->members, n * sizeof *basin->members) != 0)
            at++;
        assert_true(at < n_found);
        assert_int_equal(basin->length, all[at].length);
        assert_true(weight == all[at].weight);
        assert_true(fabs(basin->mean_steps - all[at].steps / (double)weight) < 1e-9);
        assert_true(basin->low == basin->share && basin->high == basin->share);
    }
    uint64_t due_cyclic = 0;
    for (size_t i = 0; i < n_found; i++)
        if (all[i].length > 1) due_cyclic += all[i].weight;
    assert_int_equal(fpl_count_get_u64(fpl_basins_starts(basins), &starts), FPL_OK);
    assert_true(sum == starts);
    assert_true(cyclic == due_cyclic);
    assert_int_equal(fpl_count_get_u64(fpl_basins_cyclic(basins), &sum), FPL_OK);
    assert_true(sum == cyclic);
}

/* Hold some descriptors; returns how many. */
static int hold_some(fpli_rng *rng, const fpl_model *m, fpl_fixing *held, bool *flags,
                     uint16_t *fixed)
{
    int n = 0;
    for (int d = 0; d < fpl_model_n_descriptors(m); d++) {
        flags[d] = fpli_rng_below(rng, 5) == 0;
        fixed[d] = (uint16_t)fpli_rng_below(rng, (uint64_t)fpl_model_n_variants(m, d));
        if (flags[d]) held[n++] = (fpl_fixing){(uint16_t)d, fixed[d]};
    }
    return n;
}

static void basins_agree_with_following_every_start(void **state)
{
    const bool lags = *(const bool *)*state;
    found *all = calloc(SPACE, sizeof *all);
    place *path = calloc(PATH_MOST, sizeof *path);
    for (int seed = 0; seed < test_scale(250); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, lags ? "basins lags" : "basins");
        fpl_model *plain = random_model(&rng, lags ? 30 : SPACE);
        fpl_model *m = with_memory(&rng, plain, lags);
        fpl_fixing held[N_MOST];
        bool flags[N_MOST] = {false};
        uint16_t fixed[N_MOST] = {0};
        const int n_held = hold_some(&rng, m, held, flags, fixed);
        for (int rule = 0; rule < FPL_SUCCESSION_END; rule++) {
            if (rule == FPL_SUCCESSION_RANDOM) continue;
            const fpl_basin_options options = {
                .dynamics = {.rule = (fpl_succession)rule,
                             .memory = lags || fpli_rng_below(&rng, 2) == 0},
                .held = held,
                .n_held = n_held};
            const fpl_limits limits = {.n_threads = 1 + seed % 2};
            fpl_basins *basins = NULL;
            assert_int_equal(fpl_basins_compute(m, &options, &limits, &basins, NULL),
                             FPL_OK);
            const size_t n_found = brute(m, &options.dynamics, flags, fixed, all, path);
            expect_same(m, basins, all, n_found, lags);
            fpl_basins_free(basins);
        }
        fpl_model_free(m);
        fpl_model_free(plain);
    }
    free(all);
    free(path);
}

static void steps_of_all_rules_agree(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(300); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "rules");
        fpl_model *plain = random_model(&rng, 600);
        fpl_model *m = with_memory(&rng, plain, false);
        const int n = fpl_model_n_descriptors(m);
        for (int i = 0; i < 30; i++) {
            uint16_t z[N_MOST], due[N_MOST], next[N_MOST], speed[N_MOST];
            uint16_t order[N_MOST];
            int32_t balance[64];
            for (int d = 0; d < n; d++) {
                speed[d] = (uint16_t)fpli_rng_below(&rng, 3);
                order[d] = (uint16_t)(n - 1 - d);
            }
            fpl_dynamics dynamics = {.memory = i % 2 == 0};
            dynamics.rule = (fpl_succession)(i % FPL_SUCCESSION_END);
            if (dynamics.rule == FPL_SUCCESSION_RANDOM) continue;
            if (fpli_rng_below(&rng, 2) == 0) {
                dynamics.speed = speed;
                dynamics.order = order;
            }
            oracle_scenario(m, fpli_rng_below(&rng, oracle_space(m)), z);
            oracle_step(m, &dynamics, NULL, z, z, due);
            const bool moved = fpl_successor(m, &dynamics, NULL, z, 0, balance, next);
            assert_memory_equal(next, due, (size_t)n * sizeof *z);
            assert_int_equal(moved, memcmp(z, due, (size_t)n * sizeof *z) != 0);
        }
        fpl_model_free(m);
        fpl_model_free(plain);
    }
}

/* M3.3: what rests under any plain rule is consistent, and the other way round. */
static void rest_is_consistency(void **state)
{
    (void)state;
    const fpl_query consistent = {0};
    for (int seed = 0; seed < test_scale(200); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "rest");
        fpl_model *m = random_model(&rng, SPACE);
        for (uint64_t i = 0; i < oracle_space(m); i++) {
            uint16_t z[N_MOST], next[N_MOST];
            int32_t balance[64];
            oracle_scenario(m, i, z);
            if (oracle_excluded(m, z)) continue;
            for (int rule = 0; rule < FPL_SUCCESSION_END; rule++)
                assert_int_equal(
                    !fpl_successor(m, &(fpl_dynamics){.rule = (fpl_succession)rule}, NULL,
                                   z, i, balance, next),
                    oracle_admits(m, &consistent, z));
        }
        fpl_model_free(m);
    }
}

static void traces_follow_the_definition(void **state)
{
    (void)state;
    place *path = calloc(PATH_MOST, sizeof *path);
    for (int seed = 0; seed < test_scale(300); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "traces");
        fpl_model *plain = random_model(&rng, 60);
        fpl_model *m = with_memory(&rng, plain, true);
        const size_t n = (size_t)fpl_model_n_descriptors(m);
        uint16_t z[N_MOST] = {0};
        oracle_scenario(m, fpli_rng_below(&rng, oracle_space(m)), z);
        fpl_dynamics dynamics = {.memory = seed % 2 == 0};
        do dynamics.rule = (fpl_succession)fpli_rng_below(&rng, FPL_SUCCESSION_END);
        while (dynamics.rule == FPL_SUCCESSION_RANDOM);
        size_t steps = 0;
        const size_t length = follow(m, &dynamics, NULL, z, path, &steps);
        fpl_trace *trace = NULL;
        fpl_attractor attractor = {0};
        assert_int_equal(fpl_trace_compute(m, &dynamics, NULL, 0, z, NULL, &trace, NULL),
                         FPL_OK);
        assert_int_equal(fpl_settle(m, &dynamics, NULL, 0, z, &attractor, NULL), FPL_OK);
        assert_int_equal(fpl_trace_settled_at(trace), steps);
        assert_int_equal(fpl_trace_cycle(trace), length);
        assert_int_equal(attractor.steps, steps);
        assert_int_equal(attractor.length, length);
        assert_int_equal(fpl_trace_n(trace), steps + length);
        for (size_t t = 0; t < fpl_trace_n(trace); t++) {
            const fpl_trace_step *step = fpl_trace_get(trace, t);
            int moved = 0;
            assert_memory_equal(step->z, path[t].z, n * sizeof *z);
            assert_memory_equal(step->acting, path[t].acting, n * sizeof *z);
            for (size_t d = 0; d < n; d++) moved += path[t].z[d] != path[t + 1].z[d];
            assert_int_equal(step->n_moves, moved);
        }
        fpl_attractor_clear(&attractor);
        fpl_trace_free(trace);
        fpl_model_free(m);
        fpl_model_free(plain);
    }
    free(path);
}

/* ---- all asynchronous orders --------------------------------------------------------------- */

/* reach[i][j]: j can be reached from i, by any number of single moves. */
static void close_reach(const fpl_model *m, bool *reach)
{
    const size_t space = (size_t)oracle_space(m);
    const int n = fpl_model_n_descriptors(m);
    memset(reach, 0, space * space);
    for (size_t i = 0; i < space; i++) {
        uint16_t z[N_MOST], all[N_MOST];
        oracle_scenario(m, i, z);
        oracle_global(m, z, all);
        reach[i * space + i] = true;
        for (int d = 0; d < n; d++) {
            size_t j = 0, weight = 1;
            for (int e = 0; e < n; e++) {
                j += weight * (e == d ? all[e] : z[e]);
                weight *= (size_t)fpl_model_n_variants(m, e);
            }
            reach[i * space + j] = true;
        }
    }
    for (size_t k = 0; k < space; k++)
        for (size_t i = 0; i < space; i++)
            for (size_t j = 0; j < space && reach[i * space + k]; j++)
                if (reach[k * space + j]) reach[i * space + j] = true;
}

static size_t number_of(const fpl_model *m, const uint16_t *z)
{
    size_t number = 0;
    for (int d = fpl_model_n_descriptors(m) - 1; d >= 0; d--)
        number = number * (size_t)fpl_model_n_variants(m, d) + z[d];
    return number;
}

static void reach_is_the_closure(void **state)
{
    (void)state;
    bool *reach = malloc((size_t)SPACE * SPACE);
    for (int seed = 0; seed < test_scale(100); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "reach");
        fpl_model *m = random_model(&rng, 100);
        const size_t space = (size_t)oracle_space(m);
        close_reach(m, reach);
        for (int i = 0; i < 5; i++) {
            const size_t from = (size_t)fpli_rng_below(&rng, space);
            uint16_t z[N_MOST];
            fpl_reach *r = NULL;
            size_t due = 0;
            oracle_scenario(m, from, z);
            assert_int_equal(fpl_reach_compute(m, NULL, NULL, 0, z, NULL, &r, NULL),
                             FPL_OK);
            for (size_t j = 0; j < space; j++) due += reach[from * space + j];
            assert_int_equal(fpl_reach_n(r), due);
            for (size_t k = 0; k < fpl_reach_n(r); k++) {
                const size_t at = number_of(m, fpl_reach_get(r, k));
                bool closed = true;
                assert_true(reach[from * space + at]);
                for (size_t j = 0; j < space; j++)
                    closed = closed && (!reach[at * space + j] || reach[j * space + at]);
                assert_int_equal(fpl_reach_closed(r, k) >= 0, closed);
                for (size_t o = 0; closed && o < k; o++) {
                    const size_t other = number_of(m, fpl_reach_get(r, o));
                    if (fpl_reach_closed(r, o) < 0) continue;
                    assert_int_equal(fpl_reach_closed(r, o) == fpl_reach_closed(r, k),
                                     reach[at * space + other]);
                }
            }
            fpl_reach_free(r);
        }
        fpl_model_free(m);
    }
    free(reach);
}

/* ---- samples ------------------------------------------------------------------------------- */

static void samples_do_not_depend_on_threads(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(20); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "samples");
        fpl_model *m = random_model(&rng, SPACE);
        fpl_basin_options options = {.samples = 3000, .seed = 7};
        options.dynamics.rule = (fpl_succession)(seed % FPL_SUCCESSION_END);
        fpl_basins *exact = NULL, *drawn[2] = {NULL, NULL};
        for (int t = 0; t < 2; t++) {
            const fpl_limits limits = {.n_threads = 1 + t};
            assert_int_equal(fpl_basins_compute(m, &options, &limits, &drawn[t], NULL),
                             FPL_OK);
        }
        assert_int_equal(fpl_basins_n(drawn[0]), fpl_basins_n(drawn[1]));
        options.samples = 0;
        const bool random = options.dynamics.rule == FPL_SUCCESSION_RANDOM;
        const fpl_status status = fpl_basins_compute(m, &options, NULL, &exact, NULL);
        assert_int_equal(status, random ? FPL_E_UNSUPPORTED : FPL_OK);
        for (size_t i = 0; i < fpl_basins_n(drawn[0]); i++) {
            const fpl_basin *a = fpl_basins_get(drawn[0], i);
            const fpl_basin *b = fpl_basins_get(drawn[1], i);
            assert_int_equal(fpl_count_compare(a->weight, b->weight), 0);
            assert_memory_equal(a->members, b->members,
                                (size_t)fpl_model_n_descriptors(m) * sizeof *a->members);
            assert_true(a->low <= a->share && a->share <= a->high);
            for (size_t e = 0; !random && e < fpl_basins_n(exact); e++) {
                const fpl_basin *due = fpl_basins_get(exact, e);
                if (memcmp(due->members, a->members,
                           (size_t)fpl_model_n_descriptors(m) * sizeof *a->members) == 0)
                    assert_true(fabs(due->share - a->share) < 0.05); /* five deviations */
            }
        }
        for (int t = 0; t < 2; t++) fpl_basins_free(drawn[t]);
        fpl_basins_free(exact);
        fpl_model_free(m);
    }
}

int main(void)
{
    static bool without = false, with = true;
    const struct CMUnitTest tests[] = {
        {"basins", basins_agree_with_following_every_start, NULL, NULL, &without},
        {"basins with lags", basins_agree_with_following_every_start, NULL, NULL, &with},
        cmocka_unit_test(steps_of_all_rules_agree),
        cmocka_unit_test(rest_is_consistency),
        cmocka_unit_test(traces_follow_the_definition),
        cmocka_unit_test(reach_is_the_closure),
        cmocka_unit_test(samples_do_not_depend_on_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
