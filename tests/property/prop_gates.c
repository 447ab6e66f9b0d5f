/* Gates that follow from the rows, against the definition of a prime implicant and of a distance. */
#include "support/check.h"

#include "support/random.h"
#include "support/roadmaps.h"

#include <fahrplan/gates.h>

enum { DRIVERS = 4, ROWS = 40 };

typedef struct question {
    const fpl_roadmap *roadmap;
    fpl_level_set levels;
    fpl_opening opening;
    int64_t max_tension; /* negative: none */
} question;

static int k_of(const question *q, int i)
{
    return fpl_model_n_variants(q->roadmap->model, q->roadmap->drivers[i]);
}

/* 1: open, 0: shut, -1: does not count. */
static int judge(const question *q, const fpl_row *row)
{
    if (q->max_tension >= 0 && row->tension > q->max_tension) return -1;
    if (q->opening == FPL_OPENS_BY_DEFAULT) return !(row->default_levels & ~q->levels);
    if (q->opening == FPL_OPENS_NECESSARILY)
        return row->possible != 0 && !(row->possible & ~q->levels);
    return (row->possible & q->levels) != 0;
}

/* Whether no row of the cube is `not wanted`, and some row is wanted. */
static bool implies(const question *q, const uint64_t *sets, int wanted)
{
    bool some = false;
    for (size_t r = 0; r < q->roadmap->n_rows; r++) {
        const fpl_row *row = &q->roadmap->rows[r];
        bool in = true;
        for (int i = 0; i < q->roadmap->n_drivers; i++)
            in = in && (sets[i] >> row->drivers[i] & 1);
        const int verdict = judge(q, row);
        if (!in || verdict < 0) continue;
        if (verdict != wanted) return false;
        some = true;
    }
    return some;
}

static bool is_prime(const question *q, uint64_t *sets, int wanted)
{
    if (!implies(q, sets, wanted)) return false;
    for (int i = 0; i < q->roadmap->n_drivers; i++)
        for (int v = 0; v < k_of(q, i); v++) {
            const uint64_t own = sets[i];
            if (own >> v & 1) continue;
            sets[i] |= (uint64_t)1 << v;
            const bool wider = implies(q, sets, wanted);
            sets[i] = own;
            if (wider) return false;
        }
    return true;
}

static int find(const question *q, const fpl_derived_gates *gates, const uint64_t *sets,
                bool necessary)
{
    const int m = q->roadmap->n_drivers;
    const int n = necessary ? fpl_derived_gates_n_necessary(gates)
                            : fpl_derived_gates_n_sufficient(gates);
    int times = 0;
    for (int g = 0; g < n; g++) {
        const fpl_derived_gate *gate = necessary ? fpl_derived_gates_necessary(gates, g)
                                                 : fpl_derived_gates_sufficient(gates, g);
        bool same = true;
        for (int i = 0; i < m; i++) {
            const uint64_t all = ((uint64_t)1 << k_of(q, i)) - 1;
            same = same && gate->variants[i] == (necessary ? all & ~sets[i] : sets[i]);
        }
        times += same;
    }
    return times;
}

static void check_primes(const question *q, const fpl_derived_gates *gates)
{
    uint64_t sets[DRIVERS];
    int n_primes[2] = {0};
    for (int i = 0; i < q->roadmap->n_drivers; i++) sets[i] = 1;
    for (;;) {
        for (int wanted = 0; wanted < 2; wanted++) {
            const bool prime = is_prime(q, sets, wanted);
            n_primes[wanted] += prime;
            assert_int_equal(find(q, gates, sets, wanted == 0), prime);
        }
        int i = 0;
        for (; i < q->roadmap->n_drivers; i++) {
            if (++sets[i] < (uint64_t)1 << k_of(q, i)) break;
            sets[i] = 1;
        }
        if (i == q->roadmap->n_drivers) break;
    }
    assert_int_equal(fpl_derived_gates_n_necessary(gates), n_primes[0]);
    assert_int_equal(fpl_derived_gates_n_sufficient(gates), n_primes[1]);
}

static bool is_step(const question *q, const fpl_row *a, const fpl_row *b)
{
    int n = 0, wide = 0;
    for (int i = 0; i < q->roadmap->n_drivers; i++) {
        const int gap = abs((int)a->drivers[i] - (int)b->drivers[i]);
        n += gap > 0;
        wide += gap > 1 &&
                fpl_model_is_ordered(q->roadmap->model, q->roadmap->drivers[i]);
    }
    return n == 1 && wide == 0;
}

static void check_way(const question *q, const fpl_derived_gates *gates)
{
    int steps[ROWS];
    const size_t n = q->roadmap->n_rows, start = fpl_roadmap_present(q->roadmap);
    int least = -1;
    for (size_t r = 0; r < n; r++) steps[r] = r == start ? 0 : 1000;
    for (size_t round = 0; round < n; round++)
        for (size_t a = 0; a < n; a++)
            for (size_t b = 0; b < n; b++)
                if (steps[a] + 1 < steps[b] &&
                    is_step(q, &q->roadmap->rows[a], &q->roadmap->rows[b]))
                    steps[b] = steps[a] + 1;
    for (size_t r = 0; r < n; r++)
        if (judge(q, &q->roadmap->rows[r]) == 1 && steps[r] < 1000 &&
            (least < 0 || steps[r] < least))
            least = steps[r];
    assert_int_equal(fpl_derived_gates_distance(gates), least);
    if (least < 0) return;
    const size_t *way = fpl_derived_gates_way(gates);
    assert_int_equal(way[0], start);
    assert_int_equal(judge(q, &q->roadmap->rows[way[least]]), 1);
    for (int i = 0; i < least; i++)
        assert_true(is_step(q, &q->roadmap->rows[way[i]], &q->roadmap->rows[way[i + 1]]));
}

static void derived_gates_are_all_primes(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(100); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "gates");
        drawn_roadmap d = roadmap_draw(&rng, 1 + seed % DRIVERS, 1, 4, ROWS);
        const question q = {.roadmap = d.roadmap,
                            .levels = 1 + fpli_rng_below(&rng, 7),
                            .opening = (fpl_opening)(seed % FPL_OPENING_END),
                            .max_tension = seed % 2 ? 3 : -1};
        for (int i = 0; i < d.roadmap->n_drivers; i++)
            d.roadmap->start[d.roadmap->drivers[i]] = (uint16_t)fpli_rng_below(
                &rng, (uint64_t)k_of(&q, i));
        const fpl_gate_aim aim = {
            .levels = q.levels, .measure = -1, .opening = q.opening};
        const fpl_gate_options options = {.use_max_tension = q.max_tension >= 0,
                                          .max_tension = q.max_tension};
        fpl_derived_gates *gates = NULL;
        assert_int_equal(fpl_gates_derive(d.roadmap, &aim, &options, &gates, NULL),
                         FPL_OK);
        check_primes(&q, gates);
        check_way(&q, gates);
        fpl_derived_gates_free(gates);
        roadmap_release(&d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(derived_gates_are_all_primes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
