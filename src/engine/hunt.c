/* Hunting in one thread, then in boxes. */
#include "engine/hunt.h"

#include "base/mem.h"

#include <string.h>

enum { NODES_ALONE = 4096, BOXES_WANTED = 512 };

/* ---- one thread --------------------------------------------------------------------------- */

typedef struct loner {
    fpli_hunt *hunt;
    uint16_t *z;
    int n;
    uint64_t seen; /* by this search, skipped ones included */
} loner;

static void to_scenario(const uint64_t *domains, int n, uint16_t *z)
{
    for (int d = 0; d < n; d++) z[d] = (uint16_t)__builtin_ctzll(domains[d]);
}

static bool deliver(loner *l, const uint64_t *domains)
{
    fpli_hunt *hunt = l->hunt;
    hunt->found++;
    if (hunt->visitor == NULL) return true;
    to_scenario(domains, l->n, l->z);
    if (hunt->visitor(hunt->context, l->z)) return true;
    hunt->stop = FPL_STOPPED_VISITOR;
    return false;
}

static bool found_alone(void *context, const uint64_t *domains)
{
    return deliver(context, domains);
}

static bool poll_alone(void *context)
{
    loner *l = context;
    l->hunt->stop = fpli_watch_look(l->hunt->watch);
    fpli_watch_tell(l->hunt->watch, -1, l->hunt->found,
                    fpli_search_nodes(l->hunt->search));
    return l->hunt->stop == FPL_COMPLETE;
}

/* Returns whether the tree was finished, or stopped for a reason that holds for good. */
static bool go_alone(fpli_hunt *hunt, uint16_t *z, int n, uint64_t max_nodes)
{
    loner l = {.hunt = hunt, .z = z, .n = n};
    const uint64_t before = fpli_search_nodes(hunt->search);
    const bool finished = fpli_search_run(hunt->search, hunt->domains, hunt->scope,
                                          max_nodes, found_alone, poll_alone, &l);
    hunt->nodes = fpli_search_nodes(hunt->search) - before;
    return finished || hunt->stop != FPL_COMPLETE;
}

/* ---- boxes -------------------------------------------------------------------------------- */

typedef struct box {
    uint16_t *found; /* n indices a scenario */
    size_t n_found, capacity;
    bool done;
} box;

typedef struct yard {
    fpli_hunt *hunt;
    int n;             /* descriptors */
    uint64_t *domains; /* n sets a box */
    box *boxes;
    size_t n_boxes;
    size_t n_delivered;
    uint64_t skip; /* scenarios that were delivered before the boxes were made */
    uint64_t seen;
    int halt; /* atomic: no more work */
    fpl_status status;
} yard;

typedef struct worker {
    yard *y;
    fpli_search *search;
    box *at;
    bool tells;
    bool broken;
    fpl_stop stop;
} worker;

/* Cut the tree: replace boxes by their children, in order, until there are enough. */
static fpl_status cut(yard *y)
{
    const fpli_hunt *hunt = y->hunt;
    const size_t n = (size_t)y->n;
    size_t n_boxes = 1;
    uint64_t *boxes = fpli_new(n, sizeof *boxes);
    if (boxes == NULL) return FPL_E_MEMORY;
    memcpy(boxes, hunt->domains, n * sizeof *boxes);
    for (bool grew = true; grew && n_boxes > 0 && n_boxes < BOXES_WANTED;) {
        uint64_t *next = NULL;
        size_t n_next = 0, capacity = 0;
        grew = false;
        for (size_t b = 0; b < n_boxes; b++) {
            while (capacity < n_next + FPL_VARIANTS_MAX + 1) {
                capacity = capacity == 0 ? 4 * FPL_VARIANTS_MAX : 2 * capacity;
                uint64_t *larger = fpli_resize(next, capacity * n, sizeof *next);
                if (larger == NULL) {
                    fpli_free(next);
                    fpli_free(boxes);
                    return FPL_E_MEMORY;
                }
                next = larger;
            }
            const int children = fpli_search_expand(hunt->search, boxes + b * n,
                                                    hunt->scope, next + n_next * n);
            if (children < 0) memcpy(next + n_next * n, boxes + b * n, n * sizeof *next);
            n_next += children < 0 ? 1 : (size_t)children;
            grew = grew || children >= 0;
        }
        fpli_free(boxes);
        boxes = next;
        n_boxes = n_next;
    }
    y->domains = boxes;
    y->n_boxes = n_boxes;
    y->boxes = fpli_new(n_boxes, sizeof *y->boxes);
    return y->boxes == NULL ? FPL_E_MEMORY : FPL_OK;
}

static bool found_in_box(void *context, const uint64_t *domains)
{
    worker *w = context;
    box *b = w->at;
    const size_t n = (size_t)w->y->n;
    if (w->y->hunt->visitor != NULL) {
        if (!fpli_grow((void **)&b->found, b->n_found, &b->capacity,
                       n * sizeof *b->found)) {
            w->broken = true;
            return false;
        }
        to_scenario(domains, w->y->n, b->found + b->n_found * n);
    }
    b->n_found++;
    return true;
}

static bool poll_in_box(void *context)
{
    worker *w = context;
    yard *y = w->y;
    if (__atomic_load_n(&y->halt, __ATOMIC_RELAXED) != 0) return false;
    w->stop = fpli_watch_look(y->hunt->watch);
    if (w->tells) {
        const size_t done = __atomic_load_n(&y->n_delivered, __ATOMIC_RELAXED);
        fpli_watch_tell(y->hunt->watch, (double)done / (double)y->n_boxes, 0,
                        fpli_search_nodes(w->search));
    }
    return w->stop == FPL_COMPLETE;
}

static void hand_over(yard *y, box *b)
{
    fpli_hunt *hunt = y->hunt;
    for (size_t i = 0; i < b->n_found && hunt->stop == FPL_COMPLETE; i++) {
        if (hunt->visitor == NULL) {
            const uint64_t left = b->n_found - i;
            const uint64_t skipped = y->skip < left ? y->skip : left;
            y->skip -= skipped;
            hunt->found += left - skipped;
            return;
        }
        if (y->skip > 0) {
            y->skip--;
            continue;
        }
        hunt->found++;
        if (!hunt->visitor(hunt->context, b->found + i * (size_t)y->n))
            hunt->stop = FPL_STOPPED_VISITOR;
    }
}

/* A box is finished or given up: hand over what is due, in order. One thread at a time. */
static void settle_box(yard *y, worker *w, box *b, bool finished)
{
#pragma omp critical(fpli_hunt_delivery)
    {
        b->done = finished;
        if (w->broken && y->status == FPL_OK) y->status = FPL_E_MEMORY;
        while (y->n_delivered < y->n_boxes && y->boxes[y->n_delivered].done &&
               y->hunt->stop == FPL_COMPLETE) {
            box *next = &y->boxes[y->n_delivered];
            hand_over(y, next);
            fpli_free(next->found);
            next->found = NULL;
            __atomic_store_n(&y->n_delivered, y->n_delivered + 1, __ATOMIC_RELAXED);
        }
        /* an unfinished box still gives what it has, if it is next: a partial answer */
        if (!finished && y->status == FPL_OK && y->hunt->stop == FPL_COMPLETE &&
            b == &y->boxes[y->n_delivered]) {
            hand_over(y, b);
            if (y->hunt->stop == FPL_COMPLETE) y->hunt->stop = w->stop;
        }
        if (!finished || y->hunt->stop != FPL_COMPLETE || y->status != FPL_OK)
            __atomic_store_n(&y->halt, 1, __ATOMIC_RELAXED);
    }
}

static void work(yard *y, int64_t index, worker *w)
{
    if (__atomic_load_n(&y->halt, __ATOMIC_RELAXED) != 0) return;
    w->at = &y->boxes[index];
    w->stop = FPL_COMPLETE;
    const bool finished = fpli_search_run(
        w->search, y->domains + (size_t)index * (size_t)y->n, y->hunt->scope, 0,
        found_in_box, poll_in_box, w);
    if (finished || w->broken || w->stop != FPL_COMPLETE)
        settle_box(y, w, w->at, finished);
}

static void work_through(yard *y)
{
    const int64_t n_boxes = (int64_t)y->n_boxes;
    fpl_stop reason = FPL_COMPLETE;
#pragma omp parallel num_threads(fpli_watch_threads(y->hunt->watch))
    {
        worker w = {.y = y};
        fpl_status own = fpli_search_new(y->hunt->lanes, &w.search);
#pragma omp critical(fpli_hunt_delivery)
        if (own != FPL_OK) y->status = own;
#pragma omp master
        w.tells = true;
        if (own == FPL_OK)
            fpli_search_set_task(w.search, y->hunt->task);
        else
            __atomic_store_n(&y->halt, 1, __ATOMIC_RELAXED);
#pragma omp for schedule(dynamic, 1)
        for (int64_t b = 0; b < n_boxes; b++)
            if (own == FPL_OK) work(y, b, &w);
#pragma omp critical(fpli_hunt_delivery)
        {
            if (w.stop != FPL_COMPLETE) reason = w.stop;
            if (own == FPL_OK) y->hunt->nodes += fpli_search_nodes(w.search);
        }
        fpli_search_free(w.search);
    }
    if (y->hunt->stop == FPL_COMPLETE) y->hunt->stop = reason;
}

static fpl_status go_together(fpli_hunt *hunt, int n)
{
    yard y = {.hunt = hunt, .n = n, .skip = hunt->found};
    fpl_status status = cut(&y);
    if (status == FPL_OK) {
        hunt->nodes = 0;
        work_through(&y);
        status = y.status;
    }
    for (size_t b = 0; y.boxes != NULL && b < y.n_boxes; b++) fpli_free(y.boxes[b].found);
    fpli_free(y.boxes);
    fpli_free(y.domains);
    return status;
}

fpl_status fpli_hunt_run(fpli_hunt *hunt)
{
    const int n = fpl_model_n_descriptors(hunt->lanes->model);
    const bool many = fpli_watch_threads(hunt->watch) > 1;
    hunt->stop = FPL_COMPLETE;
    hunt->found = hunt->nodes = 0;
    uint16_t *z = fpli_new((size_t)n, sizeof *z);
    if (z == NULL) return FPL_E_MEMORY;
    const bool over = go_alone(hunt, z, n, many ? NODES_ALONE : 0);
    fpli_free(z);
    return over ? FPL_OK : go_together(hunt, n);
}
