/* The cheapest change of judgements that overturns or mends a scenario. method.md, M7.4.
 *
 * Columns of different descriptors share no cell, so each descriptor is worked out alone. In scenario
 * z a cell that is active speaks for or against one variant of the descriptor; each unit of it counts
 * alike, so the cheapest way to so many units is to take the cheapest cells first, each as far as the
 * scale allows. */
#include <fahrplan/tipping.h>

#include "base/mem.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

struct fpl_judgement_tippings {
    fpli_arena *arena;
    fpl_judgement_tipping *items;
    int n;
    bool mends;
    int64_t cost;
};

/* Cells that can move one variant's balance in one direction, the cheapest first. */
typedef struct purse {
    fpl_cell_change *cells; /* after: as far as the cell can go */
    int n;
    int64_t capacity; /* units of all together */
} purse;

typedef struct bargain {
    const fpl_model *model;
    const uint16_t *z;
    int n;
    fpl_judgement_tippings *made;
    int32_t *balance;
    int32_t *consistency;
    bool *is_rival; /* by variant of the descriptor at hand */
    uint16_t *probe;
    purse chosen;  /* of the variant of z; to overturn, of a rival as well */
    purse *rivals; /* by variant of the descriptor at hand */
} bargain;

/* ---- cells --------------------------------------------------------------------------------- */

static int price_of(const fpl_model *model, const fpl_reason *reason)
{
    if (reason == NULL || reason->grade.index < 0) return 1;
    const fpl_integer price =
        fpl_model_content(model)->grades.items[reason->grade.index].price;
    return price.stated ? price.value : 1;
}

static int cheaper_first(const void *left, const void *right)
{
    const fpl_cell_change *a = left, *b = right;
    if (a->price != b->price) return a->price - b->price;
    return a->from != b->from ? a->from - b->from : a->variant - b->variant;
}

static int64_t room_of(const fpl_cell_change *cell)
{
    return llabs((int64_t)cell->after - cell->before);
}

static void empty(purse *p)
{
    p->n = 0;
    p->capacity = 0;
}

/* Add the cells that raise (or lower) variant v of j. */
static void fill(const bargain *b, int j, int v, bool raise, purse *p)
{
    const int scale = fpl_model_scale(b->model);
    for (int i = 0; i < b->n; i++) {
        if (!fpl_model_is_judged(b->model, i, b->z[i], j)) continue;
        const fpl_reason *reason = fpl_model_reason(b->model, i, b->z[i], j);
        const fpl_cell_change cell = {
            .from = i,
            .to = j,
            .variant = v,
            .before = fpl_model_judgement(b->model, i, b->z[i], j, v),
            .after = raise ? scale : -scale,
            .price = price_of(b->model, reason),
            .reason = reason};
        if (raise ? cell.before >= scale : cell.before <= -scale) continue;
        p->cells[p->n++] = cell;
        p->capacity += room_of(&cell);
    }
    qsort(p->cells, (size_t)p->n, sizeof *p->cells, cheaper_first);
}

/* What so many units cost; -1: more than there are. */
static int64_t cost_of(const purse *p, int64_t units)
{
    int64_t cost = 0;
    if (units > p->capacity) return -1;
    for (int c = 0; c < p->n && units > 0; c++) {
        const int64_t room = room_of(&p->cells[c]), taken = room < units ? room : units;
        cost += taken * p->cells[c].price;
        units -= taken;
    }
    return cost;
}

/* The cells that give so many units, appended to a list with room. */
static int take(const purse *p, int64_t units, fpl_cell_change *cells)
{
    int n = 0;
    for (; units > 0; n++) {
        const int64_t room = room_of(&p->cells[n]), taken = room < units ? room : units;
        cells[n] = p->cells[n];
        cells[n].after = (int32_t)(cells[n].before +
                                   (cells[n].after > cells[n].before ? taken : -taken));
        units -= taken;
    }
    return n;
}

/* ---- one descriptor ------------------------------------------------------------------------ */

/* M2.8: a variant is a rival if taking it gives a scenario that no exclusion forbids. */
static void mark_rivals(bargain *b, int j)
{
    for (int v = 0; v < fpl_model_n_variants(b->model, j); v++) {
        b->probe[j] = (uint16_t)v;
        b->is_rival[v] = v != b->z[j] && !fpl_is_excluded(b->model, b->probe);
    }
    b->probe[j] = b->z[j];
}

/* By how much the variant of z leads a rival. */
static int64_t margin(const bargain *b, int j, int rival)
{
    const int32_t *balance = b->balance + fpl_model_offset(b->model, j);
    return (int64_t)balance[b->z[j]] - balance[rival];
}

/* Make some rival overtake: the cheapest one. Its own cells and those of z's variant count alike. */
static fpl_status overturn(bargain *b, int j, fpl_judgement_tipping *item)
{
    fpl_cell_change *cells = fpli_arena_alloc(b->made->arena, 2 * (size_t)b->n,
                                              sizeof *cells);
    if (cells == NULL) return FPL_E_MEMORY;
    for (int v = 0; v < fpl_model_n_variants(b->model, j); v++) {
        if (!b->is_rival[v]) continue;
        empty(&b->chosen);
        fill(b, j, b->z[j], false, &b->chosen);
        fill(b, j, v, true, &b->chosen);
        const int64_t cost = cost_of(&b->chosen, margin(b, j, v) + 1);
        if (cost < 0 || (item->cost >= 0 && cost >= item->cost)) continue;
        item->cost = cost;
        item->rival = v;
        item->cells = cells;
        item->n_cells = take(&b->chosen, margin(b, j, v) + 1, cells);
    }
    return FPL_OK;
}

/* What it costs to let the chosen variant gain so many units and every rival lose what is missing. */
static int64_t cost_of_gain(const bargain *b, int j, int64_t gain)
{
    int64_t sum = cost_of(&b->chosen, gain);
    for (int v = 0; v < fpl_model_n_variants(b->model, j) && sum >= 0; v++) {
        const int64_t missing = b->is_rival[v] ? -margin(b, j, v) - gain : 0;
        const int64_t cost = missing > 0 ? cost_of(&b->rivals[v], missing) : 0;
        sum = cost < 0 ? -1 : sum + cost;
    }
    return sum;
}

/* Keep a gain if it is the cheapest so far. */
static void weigh(const bargain *b, int j, int64_t gain, int64_t tension, int64_t *best,
                  fpl_judgement_tipping *item)
{
    if (gain < 0 || gain > tension) return;
    const int64_t cost = cost_of_gain(b, j, gain);
    if (cost < 0 ||
        (item->cost >= 0 && (cost > item->cost || (cost == item->cost && gain >= *best))))
        return;
    item->cost = cost;
    *best = gain;
}

/* The cheapest gain. The cost is linear between gains at which a cell is used up or a rival is met,
 * so it is least at one of these. */
static int64_t cheapest_gain(const bargain *b, int j, int64_t tension,
                             fpl_judgement_tipping *item)
{
    int64_t best = 0, gain = 0;
    weigh(b, j, 0, tension, &best, item);
    weigh(b, j, tension, tension, &best, item);
    for (int c = 0; c < b->chosen.n; c++)
        weigh(b, j, gain += room_of(&b->chosen.cells[c]), tension, &best, item);
    for (int v = 0; v < fpl_model_n_variants(b->model, j); v++) {
        if (!b->is_rival[v]) continue;
        gain = -margin(b, j, v);
        weigh(b, j, gain, tension, &best, item);
        for (int c = 0; c < b->rivals[v].n; c++)
            weigh(b, j, gain -= room_of(&b->rivals[v].cells[c]), tension, &best, item);
    }
    return best;
}

/* Make the variant of z at least as good as all rivals. */
static fpl_status mend(bargain *b, int j, int64_t tension, fpl_judgement_tipping *item)
{
    const int k = fpl_model_n_variants(b->model, j);
    empty(&b->chosen);
    fill(b, j, b->z[j], true, &b->chosen);
    for (int v = 0; v < k; v++) {
        empty(&b->rivals[v]);
        if (b->is_rival[v]) fill(b, j, v, false, &b->rivals[v]);
    }
    const int64_t gain = cheapest_gain(b, j, tension, item);
    if (item->cost < 0) return FPL_OK;
    fpl_cell_change *cells = fpli_arena_alloc(b->made->arena, (size_t)b->n * (size_t)k,
                                              sizeof *cells);
    if (cells == NULL) return FPL_E_MEMORY;
    item->cells = cells;
    item->n_cells = take(&b->chosen, gain, cells);
    for (int v = 0; v < k; v++) {
        const int64_t missing = b->is_rival[v] ? -margin(b, j, v) - gain : 0;
        if (missing > 0)
            item->n_cells += take(&b->rivals[v], missing, cells + item->n_cells);
    }
    return FPL_OK;
}

/* ---- all descriptors ----------------------------------------------------------------------- */

static int cheapest_first(const void *left, const void *right)
{
    const fpl_judgement_tipping *a = left, *b = right;
    if ((a->cost < 0) != (b->cost < 0)) return a->cost < 0 ? 1 : -1;
    if (a->cost != b->cost) return a->cost < b->cost ? -1 : 1;
    return a->descriptor - b->descriptor;
}

static fpl_status work_out(bargain *b)
{
    fpl_judgement_tippings *made = b->made;
    fpl_status status = FPL_OK;
    for (int j = 0; j < b->n && status == FPL_OK; j++) {
        const int32_t c = b->consistency[j];
        if (made->mends ? c >= 0 : c == FPL_INFINITE) continue;
        fpl_judgement_tipping *item = &made->items[made->n++];
        *item = (fpl_judgement_tipping){.descriptor = j, .rival = -1, .cost = -1};
        mark_rivals(b, j);
        status = made->mends ? mend(b, j, -(int64_t)c, item) : overturn(b, j, item);
    }
    if (made->n > 0)
        qsort(made->items, (size_t)made->n, sizeof *made->items, cheapest_first);
    return status;
}

/* The least, or the sum if all must be mended. */
static int64_t cost_of_all(const fpl_judgement_tippings *made)
{
    int64_t sum = 0;
    if (!made->mends) return made->n == 0 ? -1 : made->items[0].cost;
    for (int i = 0; i < made->n; i++) {
        if (made->items[i].cost < 0) return -1;
        sum += made->items[i].cost;
    }
    return sum;
}

static fpl_status make_room(bargain *b)
{
    int most = 1;
    const size_t n = (size_t)b->n;
    for (int j = 0; j < b->n; j++)
        if (fpl_model_n_variants(b->model, j) > most)
            most = fpl_model_n_variants(b->model, j);
    b->made->arena = fpli_arena_new();
    if (b->made->arena == NULL) return FPL_E_MEMORY;
    b->made->items = fpli_arena_alloc(b->made->arena, n, sizeof *b->made->items);
    b->balance = fpli_new((size_t)fpl_model_offset(b->model, b->n), sizeof *b->balance);
    b->consistency = fpli_new(n, sizeof *b->consistency);
    b->is_rival = fpli_new((size_t)most, sizeof *b->is_rival);
    b->probe = fpli_new(n, sizeof *b->probe);
    b->rivals = fpli_new((size_t)most, sizeof *b->rivals);
    b->chosen.cells = fpli_new(n * ((size_t)most + 2), sizeof *b->chosen.cells);
    if (b->made->items == NULL || b->balance == NULL || b->consistency == NULL ||
        b->is_rival == NULL || b->probe == NULL || b->rivals == NULL ||
        b->chosen.cells == NULL)
        return FPL_E_MEMORY;
    for (int v = 0; v < most; v++)
        b->rivals[v].cells = b->chosen.cells + n * ((size_t)v + 2);
    return FPL_OK;
}

fpl_status fpl_judgement_tipping_find(const fpl_model *model, const uint16_t *z,
                                      fpl_judgement_tippings **tippings, fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpl_figures figures;
    bargain b = {.model = model,
                 .z = z,
                 .n = fpl_model_n_descriptors(model),
                 .made = fpli_new(1, sizeof *b.made)};
    if (b.made == NULL) return fpli_no_memory(error);
    FPL_TRY(make_room(&b));
    memcpy(b.probe, z, (size_t)b.n * sizeof *z);
    fpl_consistency(model, z, b.balance, b.consistency, &figures);
    fpl_balance(model, z, b.balance);
    b.made->mends = figures.excluded || figures.inconsistency > 0;
    FPL_TRY(work_out(&b));
    b.made->cost = figures.excluded ? -1 : cost_of_all(b.made);
    *tippings = b.made;
    b.made = NULL;
out:
    fpl_judgement_tippings_free(b.made);
    fpli_free(b.balance);
    fpli_free(b.consistency);
    fpli_free(b.is_rival);
    fpli_free(b.probe);
    fpli_free(b.rivals);
    fpli_free(b.chosen.cells);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_judgement_tippings_free(fpl_judgement_tippings *tippings)
{
    if (tippings == NULL) return;
    fpli_arena_free(tippings->arena);
    fpli_free(tippings);
}

bool fpl_judgement_tippings_mends(const fpl_judgement_tippings *tippings)
{
    return tippings->mends;
}

int fpl_judgement_tippings_n(const fpl_judgement_tippings *tippings)
{
    return tippings->n;
}

const fpl_judgement_tipping *
fpl_judgement_tippings_get(const fpl_judgement_tippings *tippings, int index)
{
    return &tippings->items[index];
}

int64_t fpl_judgement_tippings_cost(const fpl_judgement_tippings *tippings)
{
    return tippings->cost;
}
