/* The decision table, method.md M5.4. Where there is room, all widest lines are known and the fewest
 * are chosen; elsewhere rows are widened one after the other. */
#include "study/answers.h"
#include "study/cover.h"
#include "study/cubes.h"

#include "base/mem.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

/* Sets of rows, one a widest line, may take so many bytes; beyond it rows are widened. */
#define COVER_MOST ((size_t)256 << 20)

typedef struct line {
    fpl_decision_line shown;
    size_t first_row;
} line;

struct fpl_decision_table {
    fpli_arena *arena; /* the sets of the lines */
    line *lines;
    size_t n, capacity;
    bool is_minimum;
};

typedef struct maker {
    const fpl_answers *answers;
    fpl_decision_table *table;
    fpli_grid grid;
    fpli_cubes cubes;
    fpli_watch watch;
    uint32_t *rank; /* of each row among those of its answer */
} maker;

static fpl_status add_line(maker *m, int answer, const uint64_t *sets)
{
    fpl_decision_table *t = m->table;
    const size_t n = (size_t)m->grid.n;
    if (!fpli_grow((void **)&t->lines, t->n, &t->capacity, sizeof *t->lines))
        return FPL_E_MEMORY;
    uint64_t *own = fpli_arena_alloc(t->arena, n, sizeof *own);
    if (own == NULL) return FPL_E_MEMORY;
    memcpy(own, sets, n * sizeof *own);
    size_t first = 0;
    for (size_t i = 0; i < n; i++)
        first += (size_t)__builtin_ctzll(sets[i]) * m->grid.stride[i];
    t->lines[t->n++] = (line){{answer, own, fpli_grid_size(&m->grid, sets)}, first};
    return FPL_OK;
}

/* ---- the fewest of the widest lines --------------------------------------------------------- */

/* The widest lines of one answer, and the rows that each covers. */
typedef struct primes {
    size_t *cubes;
    size_t n, capacity;
    uint64_t *covered;
    size_t n_words;
    uint64_t *sets; /* work space, one line */
} primes;

static void primes_clear(primes *p)
{
    fpli_free(p->cubes);
    fpli_free(p->covered);
    fpli_free(p->sets);
}

static fpl_status find_primes(const maker *m, int answer, primes *p)
{
    p->sets = fpli_new((size_t)m->grid.n, sizeof *p->sets);
    if (p->sets == NULL) return FPL_E_MEMORY;
    for (size_t cube = 0; cube < m->cubes.n; cube++) {
        if (m->cubes.value[cube] != (uint32_t)answer + 1) continue;
        fpli_cube_sets(&m->cubes, cube, p->sets);
        if (!fpli_cube_is_prime(&m->cubes, cube, p->sets)) continue;
        if (!fpli_grow((void **)&p->cubes, p->n, &p->capacity, sizeof *p->cubes))
            return FPL_E_MEMORY;
        p->cubes[p->n++] = cube;
    }
    p->n_words = (m->answers->items[answer].n_rows + 63) / 64;
    return FPL_OK;
}

typedef struct marker {
    const uint32_t *rank;
    uint64_t *bits;
} marker;

static bool mark(void *context, size_t row)
{
    const marker *m = context;
    m->bits[m->rank[row] / 64] |= (uint64_t)1 << m->rank[row] % 64;
    return true;
}

static fpl_status mark_rows(const maker *m, primes *p)
{
    p->covered = fpli_new(p->n * p->n_words, sizeof *p->covered);
    if (p->covered == NULL) return FPL_E_MEMORY;
    for (size_t i = 0; i < p->n; i++) {
        marker mk = {m->rank, p->covered + i * p->n_words};
        fpli_cube_sets(&m->cubes, p->cubes[i], p->sets);
        fpli_grid_each(&m->grid, p->sets, mark, &mk);
    }
    return FPL_OK;
}

static fpl_status choose_lines(maker *m, int answer, primes *p)
{
    fpli_cover cover = {.n_elements = m->answers->items[answer].n_rows,
                        .n_sets = p->n,
                        .n_words = p->n_words,
                        .sets = p->covered,
                        .watch = &m->watch};
    cover.chosen = fpli_new(p->n, sizeof *cover.chosen);
    fpl_status status = cover.chosen == NULL ? FPL_E_MEMORY : fpli_cover_solve(&cover);
    for (size_t i = 0; i < p->n && status == FPL_OK; i++) {
        if (!cover.chosen[i]) continue;
        fpli_cube_sets(&m->cubes, p->cubes[i], p->sets);
        status = add_line(m, answer, p->sets);
    }
    m->table->is_minimum = m->table->is_minimum && cover.is_minimum;
    fpli_free(cover.chosen);
    return status;
}

/* ---- rows widened one after the other ------------------------------------------------------- */

typedef struct asked {
    const uint32_t *of_row;
    uint32_t answer;
    uint32_t *times; /* how many lines cover a row */
} asked;

static bool is_same(void *context, size_t row)
{
    const asked *a = context;
    return a->of_row[row] == a->answer;
}

static bool cover_once(void *context, size_t row)
{
    ((asked *)context)->times[row]++;
    return true;
}

static bool uncover_once(void *context, size_t row)
{
    ((asked *)context)->times[row]--;
    return true;
}

static bool is_covered_twice(void *context, size_t row)
{
    return ((asked *)context)->times[row] > 1;
}

/* What fails to widen a line fails to widen a wider one, so once round is enough. */
static void widen(const maker *m, asked *a, size_t row, uint64_t *sets)
{
    const fpli_grid *grid = &m->grid;
    for (int i = 0; i < grid->n; i++)
        sets[i] = (uint64_t)1 << row / grid->stride[i] % (size_t)grid->k[i];
    for (int i = 0; i < grid->n; i++) {
        for (int v = 0; v < grid->k[i]; v++) {
            const uint64_t now = sets[i];
            if (now >> v & 1) continue;
            sets[i] = (uint64_t)1 << v;
            const bool fits = fpli_grid_each(grid, sets, is_same, a);
            sets[i] = fits ? now | (uint64_t)1 << v : now;
        }
    }
}

static void drop_idle_lines(maker *m, asked *a)
{
    fpl_decision_table *t = m->table;
    size_t kept = t->n;
    for (size_t i = t->n; i-- > 0;) { /* the narrow ones were found last */
        const uint64_t *sets = t->lines[i].shown.variants;
        if (!fpli_grid_each(&m->grid, sets, is_covered_twice, a)) continue;
        fpli_grid_each(&m->grid, sets, uncover_once, a);
        memmove(&t->lines[i], &t->lines[i + 1], (kept - i - 1) * sizeof *t->lines);
        kept--;
    }
    t->n = kept;
}

static fpl_status widen_rows(maker *m)
{
    fpl_status status = FPL_OK;
    asked a = {.of_row = m->answers->of_row};
    uint64_t *sets = fpli_new((size_t)m->grid.n, sizeof *sets);
    a.times = fpli_new(m->grid.n_rows, sizeof *a.times);
    FPL_TRY(sets == NULL || a.times == NULL ? FPL_E_MEMORY : FPL_OK);
    m->table->is_minimum = false;
    for (size_t row = 0; row < m->grid.n_rows; row++) {
        if (a.times[row] > 0) continue;
        a.answer = a.of_row[row];
        widen(m, &a, row, sets);
        FPL_TRY(add_line(m, (int)a.answer, sets));
        fpli_grid_each(&m->grid, sets, cover_once, &a);
    }
    drop_idle_lines(m, &a);
out:
    fpli_free(sets);
    fpli_free(a.times);
    return status;
}

/* ---- the table ------------------------------------------------------------------------------ */

static fpl_status rank_rows(maker *m)
{
    const size_t n_answers = (size_t)m->answers->n;
    uint32_t *seen = fpli_new(n_answers, sizeof *seen);
    m->rank = fpli_new(m->grid.n_rows, sizeof *m->rank);
    if (seen == NULL || m->rank == NULL) {
        fpli_free(seen);
        return FPL_E_MEMORY;
    }
    for (size_t r = 0; r < m->grid.n_rows; r++)
        m->rank[r] = seen[m->answers->of_row[r]]++;
    fpli_free(seen);
    return FPL_OK;
}

/* false in *fits: the sets of rows would take too much room. */
static fpl_status choose_all(maker *m, bool *fits)
{
    fpl_status status = fpli_cubes_make(&m->grid, m->answers->of_row, &m->cubes);
    if (status == FPL_OK) status = rank_rows(m);
    *fits = true;
    for (int a = 0; a < m->answers->n && status == FPL_OK && *fits; a++) {
        primes p = {0};
        status = find_primes(m, a, &p);
        *fits = p.n * p.n_words <= COVER_MOST / sizeof *p.covered;
        if (status == FPL_OK && *fits) status = mark_rows(m, &p);
        if (status == FPL_OK && *fits) status = choose_lines(m, a, &p);
        primes_clear(&p);
    }
    return status;
}

static int by_answer_then_row(const void *left, const void *right)
{
    const line *a = left, *b = right;
    if (a->shown.answer != b->shown.answer)
        return a->shown.answer < b->shown.answer ? -1 : 1;
    if (a->first_row != b->first_row) return a->first_row < b->first_row ? -1 : 1;
    return a->shown.n_rows > b->shown.n_rows ? -1 : a->shown.n_rows < b->shown.n_rows;
}

fpl_status fpl_decision_table_make(const fpl_answers *answers, const fpl_limits *limits,
                                   fpl_decision_table **table, fpl_error *error)
{
    fpl_status status = FPL_OK;
    maker m = {.answers = answers};
    bool fits = false;
    fpli_watch_start(&m.watch, limits);
    m.table = fpli_new(1, sizeof *m.table);
    FPL_TRY(m.table == NULL ? FPL_E_MEMORY : FPL_OK);
    m.table->is_minimum = true;
    m.table->arena = fpli_arena_new();
    FPL_TRY(m.table->arena == NULL ? FPL_E_MEMORY : FPL_OK);
    FPL_TRY(fpli_grid_make(answers->roadmap, &m.grid));
    if (fpli_cubes_count(&m.grid) > 0) FPL_TRY(choose_all(&m, &fits));
    if (!fits) {
        m.table->n = 0;
        FPL_TRY(widen_rows(&m));
    }
    qsort(m.table->lines, m.table->n, sizeof *m.table->lines, by_answer_then_row);
    *table = m.table;
    m.table = NULL;
out:
    fpl_decision_table_free(m.table);
    fpli_cubes_clear(&m.cubes);
    fpli_grid_clear(&m.grid);
    fpli_free(m.rank);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_decision_table_free(fpl_decision_table *table)
{
    if (table == NULL) return;
    fpli_arena_free(table->arena);
    fpli_free(table->lines);
    fpli_free(table);
}

size_t fpl_decision_table_n(const fpl_decision_table *table)
{
    return table->n;
}

const fpl_decision_line *fpl_decision_table_get(const fpl_decision_table *table,
                                                size_t index)
{
    return &table->lines[index].shown;
}

bool fpl_decision_table_is_minimum(const fpl_decision_table *table)
{
    return table->is_minimum;
}
