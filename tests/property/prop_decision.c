/* Decision tables and trees against plain restatements, on drawn roadmaps. */
#include "support/check.h"

#include "support/random.h"
#include "support/roadmaps.h"

#include <fahrplan/decision.h>

enum { ROWS = 12, DRIVERS = 4 };

static bool line_has(const fpl_roadmap *roadmap, const fpl_decision_line *line,
                     size_t row)
{
    for (int i = 0; i < roadmap->n_drivers; i++)
        if (!(line->variants[i] >> roadmap->rows[row].drivers[i] & 1)) return false;
    return true;
}

/* Every row in a line of its answer, no line in two answers, none that could be spared or widened. */
static void check_table(const fpl_answers *answers, const fpl_roadmap *roadmap,
                        const fpl_decision_table *table)
{
    const size_t n = fpl_decision_table_n(table);
    unsigned *times = calloc(roadmap->n_rows, sizeof *times);
    for (size_t l = 0; l < n; l++) {
        const fpl_decision_line *line = fpl_decision_table_get(table, l);
        size_t covered = 0;
        for (size_t r = 0; r < roadmap->n_rows; r++) {
            if (!line_has(roadmap, line, r)) continue;
            assert_int_equal(fpl_answers_of_row(answers, r), line->answer);
            covered++;
            times[r]++;
        }
        assert_int_equal(covered, line->n_rows);
    }
    for (size_t r = 0; r < roadmap->n_rows; r++) assert_true(times[r] > 0);
    for (size_t l = 0; l < n; l++) {
        const fpl_decision_line *line = fpl_decision_table_get(table, l);
        bool needed = false;
        for (size_t r = 0; r < roadmap->n_rows && !needed; r++)
            needed = line_has(roadmap, line, r) && times[r] == 1;
        assert_true(needed);
        for (int i = 0; i < roadmap->n_drivers; i++) {
            uint64_t sets[16];
            memcpy(sets, line->variants, (size_t)roadmap->n_drivers * sizeof *sets);
            const int k = fpl_model_n_variants(roadmap->model, roadmap->drivers[i]);
            for (int v = 0; v < k; v++) {
                if (line->variants[i] >> v & 1) continue;
                sets[i] = (uint64_t)1 << v;
                const fpl_decision_line slice = {.variants = sets};
                bool same = true;
                for (size_t r = 0; r < roadmap->n_rows; r++)
                    same = same && (!line_has(roadmap, &slice, r) ||
                                    fpl_answers_of_row(answers, r) == line->answer);
                assert_false(same);
            }
        }
    }
    free(times);
}

/* The fewest lines for one answer: every product of sets, and every union of rows reached. */
static int fewest_lines(const fpl_answers *answers, const fpl_roadmap *roadmap,
                        int answer)
{
    static int least[1 << ROWS];
    uint32_t cubes[4096], own = 0;
    int n_cubes = 0;
    uint64_t sets[DRIVERS];
    for (size_t r = 0; r < roadmap->n_rows; r++)
        if (fpl_answers_of_row(answers, r) == answer) own |= (uint32_t)1 << r;
    for (int i = 0; i < roadmap->n_drivers; i++) sets[i] = 1;
    for (;;) {
        const fpl_decision_line line = {.variants = sets};
        uint32_t rows = 0;
        for (size_t r = 0; r < roadmap->n_rows; r++)
            if (line_has(roadmap, &line, r)) rows |= (uint32_t)1 << r;
        if ((rows & ~own) == 0 && n_cubes < 4096) cubes[n_cubes++] = rows;
        int i = 0;
        for (; i < roadmap->n_drivers; i++) {
            const int k = fpl_model_n_variants(roadmap->model, roadmap->drivers[i]);
            if (++sets[i] < (uint64_t)1 << k) break;
            sets[i] = 1;
        }
        if (i == roadmap->n_drivers) break;
    }
    for (uint32_t rows = 0; rows <= own; rows++) least[rows] = 1000;
    least[0] = 0;
    for (uint32_t rows = 0; rows <= own; rows++)
        for (int c = 0; c < n_cubes && least[rows] < 1000; c++)
            if (least[rows | cubes[c]] > least[rows] + 1)
                least[rows | cubes[c]] = least[rows] + 1;
    return least[own];
}

static int lines_of(const fpl_decision_table *table, int answer)
{
    int n = 0;
    for (size_t l = 0; l < fpl_decision_table_n(table); l++)
        n += fpl_decision_table_get(table, l)->answer == answer;
    return n;
}

static int follow(const fpl_decision_tree *tree, const fpl_row *row)
{
    size_t at = 0;
    while (fpl_decision_tree_get(tree, at)->driver >= 0) {
        const fpl_decision_node *node = fpl_decision_tree_get(tree, at);
        assert_true(node->children[row->drivers[node->driver]] > at);
        at = node->children[row->drivers[node->driver]];
    }
    return fpl_decision_tree_get(tree, at)->answer;
}

/* Nobody is asked in vain, and nothing is there twice. */
static void check_tree(const fpl_answers *answers, const fpl_roadmap *roadmap,
                       const fpl_decision_tree *tree)
{
    for (size_t r = 0; r < roadmap->n_rows; r++)
        assert_int_equal(follow(tree, &roadmap->rows[r]), fpl_answers_of_row(answers, r));
    for (size_t a = 0; a < fpl_decision_tree_n(tree); a++) {
        const fpl_decision_node *x = fpl_decision_tree_get(tree, a);
        if (x->driver < 0) continue;
        const int k = fpl_model_n_variants(roadmap->model, roadmap->drivers[x->driver]);
        bool differ = false;
        for (int v = 1; v < k; v++) differ = differ || x->children[v] != x->children[0];
        assert_true(differ);
        for (size_t b = 0; b < a; b++) {
            const fpl_decision_node *y = fpl_decision_tree_get(tree, b);
            assert_false(
                y->driver == x->driver &&
                memcmp(x->children, y->children, (size_t)k * sizeof *x->children) == 0);
        }
    }
}

/* Questions of the diagram in one order: different parts of the table that depend on their driver. */
static size_t count_questions(const fpl_answers *answers, const fpl_roadmap *roadmap,
                              const int *order)
{
    const int m = roadmap->n_drivers;
    size_t n_questions = 0;
    for (int top = 0; top < m; top++) { /* rows grouped by the drivers asked before */
        size_t n_parts = 0;
        size_t parts[ROWS];
        for (size_t r = 0; r < roadmap->n_rows; r++) {
            bool first = true, asks = false, known = false;
            for (int i = top; i < m; i++)
                first = first && roadmap->rows[r].drivers[order[i]] == 0;
            if (!first) continue;
            for (size_t p = 0; p <= n_parts && !known;
                 p++) { /* the last: itself, for asks */
                const size_t other = p < n_parts ? parts[p] : r;
                bool same = p < n_parts;
                for (size_t x = 0; x < roadmap->n_rows; x++)
                    for (size_t y = 0; y < roadmap->n_rows; y++) {
                        bool twins = true, siblings = true;
                        for (int i = 0; i < m; i++) {
                            const int d = order[i];
                            const uint16_t a = roadmap->rows[x].drivers[d];
                            const uint16_t b = roadmap->rows[y].drivers[d];
                            if (i < top)
                                twins = twins && a == roadmap->rows[r].drivers[d] &&
                                        b == roadmap->rows[other].drivers[d];
                            else
                                twins = twins && (a == b || i == top);
                            if (i == top) siblings = a == b;
                        }
                        if (!twins) continue;
                        const bool equal = fpl_answers_of_row(answers, x) ==
                                           fpl_answers_of_row(answers, y);
                        if (p < n_parts && siblings) same = same && equal;
                        if (p == n_parts) asks = asks || !equal;
                    }
                known = same;
            }
            if (known || !asks) continue;
            parts[n_parts++] = r;
        }
        n_questions += n_parts;
    }
    return n_questions;
}

/* The fewest over all orders; *first: whether `chosen` is the first of those with so few. */
static size_t fewest_questions(const fpl_answers *answers, const fpl_roadmap *roadmap,
                               const int *chosen, bool *first)
{
    const int m = roadmap->n_drivers;
    size_t fewest = SIZE_MAX;
    int total = 1, best[DRIVERS] = {0};
    for (int i = 0; i < m; i++) total *= m;
    for (int code = 0; code < total; code++) {
        int order[DRIVERS], rest = code;
        unsigned used = 0;
        for (int i = m; i-- > 0; rest /= m) {
            order[i] = rest % m;
            used |= 1u << order[i];
        }
        if (used != (1u << m) - 1) continue;
        const size_t n = count_questions(answers, roadmap, order);
        if (n >= fewest) continue;
        fewest = n;
        memcpy(best, order, sizeof best);
    }
    *first = memcmp(best, chosen, (size_t)m * sizeof *best) == 0;
    return fewest;
}

static void small_roadmaps_agree(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(150); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "decision");
        drawn_roadmap d = roadmap_draw(&rng, 1 + seed % DRIVERS, 1, 3, ROWS);
        const fpl_answer_options options = {.by = (fpl_answer_by)(seed % 3),
                                            .use_max_tension = seed % 2 == 0,
                                            .max_tension = 3};
        fpl_answers *answers = NULL;
        fpl_decision_table *table = NULL;
        fpl_decision_tree *tree = NULL, *stated = NULL;
        assert_int_equal(fpl_answers_find(d.roadmap, &options, &answers, NULL), FPL_OK);
        assert_int_equal(fpl_decision_table_make(answers, NULL, &table, NULL), FPL_OK);
        check_table(answers, d.roadmap, table);
        assert_true(fpl_decision_table_is_minimum(table));
        for (int a = 0; a < fpl_answers_n(answers); a++)
            assert_int_equal(lines_of(table, a), fewest_lines(answers, d.roadmap, a));
        assert_int_equal(fpl_decision_tree_make(answers, FPL_ORDER_SMALLEST, &tree, NULL),
                         FPL_OK);
        assert_int_equal(fpl_decision_tree_make(answers, FPL_ORDER_STATED, &stated, NULL),
                         FPL_OK);
        check_tree(answers, d.roadmap, tree);
        check_tree(answers, d.roadmap, stated);
        bool first = false;
        assert_int_equal(
            fpl_decision_tree_n_questions(tree),
            fewest_questions(answers, d.roadmap, fpl_decision_tree_order(tree), &first));
        assert_true(first);
        assert_int_equal(
            fpl_decision_tree_n_questions(stated),
            count_questions(answers, d.roadmap, fpl_decision_tree_order(stated)));
        fpl_decision_tree_free(tree);
        fpl_decision_tree_free(stated);
        fpl_decision_table_free(table);
        fpl_answers_free(answers);
        roadmap_release(&d);
    }
}

/* Two rows say the same if and only if what is asked for is the same. */
static void answers_tell_rows_apart(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(60); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "answers");
        drawn_roadmap d = roadmap_draw(&rng, 5, 1, 3, 100);
        const fpl_answer_options options = {.by = (fpl_answer_by)(seed % 3)};
        fpl_answers *answers = NULL;
        assert_int_equal(fpl_answers_find(d.roadmap, &options, &answers, NULL), FPL_OK);
        for (size_t x = 0; x < d.roadmap->n_rows; x++)
            for (size_t y = 0; y < x; y++) {
                const fpl_row *a = &d.roadmap->rows[x], *b = &d.roadmap->rows[y];
                const bool same = (options.by == FPL_BY_POSSIBLE ||
                                   a->default_levels == b->default_levels) &&
                                  (options.by == FPL_BY_DEFAULT ||
                                   a->possible == b->possible);
                assert_int_equal(fpl_answers_of_row(answers, x) ==
                                     fpl_answers_of_row(answers, y),
                                 same);
            }
        fpl_answers_free(answers);
        roadmap_release(&d);
    }
}

/* Beyond the number of products that can be looked at all together. */
static void many_drivers_are_widened(void **state)
{
    (void)state;
    fpli_rng rng;
    fpli_rng_start(&rng, 1, "widen");
    drawn_roadmap d = roadmap_draw(&rng, 9, 3, 3, 20000);
    fpl_answers *answers = NULL;
    fpl_decision_table *table = NULL;
    assert_int_equal(fpl_answers_find(d.roadmap, NULL, &answers, NULL), FPL_OK);
    assert_int_equal(fpl_decision_table_make(answers, NULL, &table, NULL), FPL_OK);
    assert_false(fpl_decision_table_is_minimum(table));
    check_table(answers, d.roadmap, table);
    fpl_decision_table_free(table);
    fpl_answers_free(answers);
    roadmap_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_roadmaps_agree),
        cmocka_unit_test(answers_tell_rows_apart),
        cmocka_unit_test(many_drivers_are_widened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
