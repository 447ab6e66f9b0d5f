/* Hunting in one thread, then in boxes. */
#include "engine/hunt.h"

#include "base/mem.h"

#include <string.h>

enum { NODES_ALONE = 4096, BOXES_WANTED = 512, FLUSH_AT = 1024 };

/* ---- one thread --------------------------------------------------------------------------- */

typedef struct loner {
    fpli_hunt *hunt;
    uint16_t *z;
    int n;
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

/* What waits to be handed over may take so many bytes in all boxes together. */
static const size_t WAITING_MAX = (size_t)256 << 20;

typedef struct box {
    uint16_t *found; /* n indices a scenario, those not handed over yet */
    size_t n_found, capacity;
    uint64_t n_counted; /* if nobody visits */
    bool done;
} box;

typedef struct yard {
    fpli_hunt *hunt;
    int n;             /* descriptors */
    uint64_t *domains; /* n sets a box */
    box *boxes;
    size_t n_boxes;
    size_t next;        /* atomic: the first box that nobody has claimed */
    size_t n_delivered; /* atomic: the box whose turn it is */
    size_t waiting;     /* atomic: bytes found and not handed over */
    uint64_t skip;      /* scenarios that were delivered before the boxes were made */
    uint64_t seen;      /* atomic: found, for progress */
    int halt;           /* atomic: no more work */
    fpl_status status;
} yard;

typedef struct worker {
    yard *y;
    fpli_search *search;
    size_t at; /* its box */
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

static bool is_halted(const yard *y)
{
    return __atomic_load_n(&y->halt, __ATOMIC_RELAXED) != 0;
}

static bool is_its_turn(const yard *y, size_t index)
{
    return __atomic_load_n(&y->n_delivered, __ATOMIC_ACQUIRE) == index;
}

/* Give the visitor what a box has found so far. One thread at a time, boxes in order. */
static void hand_over(yard *y, box *b)
{
    fpli_hunt *hunt = y->hunt;
    const size_t size = (size_t)y->n * sizeof *b->found;
    for (size_t i = 0; i < b->n_found && hunt->stop == FPL_COMPLETE; i++) {
        if (y->skip > 0) {
            y->skip--;
            continue;
        }
        hunt->found++;
        if (!hunt->visitor(hunt->context, b->found + i * (size_t)y->n))
            hunt->stop = FPL_STOPPED_VISITOR;
    }
    if (hunt->stop != FPL_COMPLETE) __atomic_store_n(&y->halt, 1, __ATOMIC_RELAXED);
    __atomic_sub_fetch(&y->waiting, b->n_found * size, __ATOMIC_RELAXED);
    __atomic_add_fetch(&y->seen, b->n_found, __ATOMIC_RELAXED);
    b->n_found = 0;
}

/* The box whose turn it is empties itself whenever it is full; another one waits for its turn. It
 * comes: boxes are claimed in order, so somebody works on the first that is not finished. */
static void make_room(worker *w, box *b)
{
    yard *y = w->y;
    while (!is_its_turn(y, w->at) && !is_halted(y)) {
        w->stop = fpli_watch_look(y->hunt->watch);
        if (w->stop != FPL_COMPLETE) return;
        fpli_clock_pause();
    }
#pragma omp critical(fpli_hunt_delivery)
    if (!is_halted(y)) hand_over(y, b);
}

static bool found_in_box(void *context, const uint64_t *domains)
{
    worker *w = context;
    yard *y = w->y;
    box *b = &y->boxes[w->at];
    const size_t n = (size_t)y->n, size = n * sizeof *b->found;
    if (y->hunt->visitor == NULL) {
        b->n_counted++;
        return true;
    }
    if (!fpli_grow((void **)&b->found, b->n_found, &b->capacity, size)) {
        w->broken = true;
        return false;
    }
    to_scenario(domains, y->n, b->found + b->n_found++ * n);
    const size_t waiting = __atomic_add_fetch(&y->waiting, size, __ATOMIC_RELAXED);
    if (waiting > WAITING_MAX || (b->n_found >= FLUSH_AT && is_its_turn(y, w->at)))
        make_room(w, b);
    return w->stop == FPL_COMPLETE && !is_halted(y);
}

static bool poll_in_box(void *context)
{
    worker *w = context;
    yard *y = w->y;
    if (is_halted(y)) return false;
    w->stop = fpli_watch_look(y->hunt->watch);
    if (w->tells) {
        const size_t done = __atomic_load_n(&y->n_delivered, __ATOMIC_RELAXED);
        const uint64_t seen = __atomic_load_n(&y->seen, __ATOMIC_RELAXED);
        fpli_watch_tell(y->hunt->watch, (double)done / (double)y->n_boxes, seen,
                        fpli_search_nodes(w->search));
    }
    return w->stop == FPL_COMPLETE;
}

/* A box is finished or given up: hand over what is due, in order. One thread at a time. */
static void settle_box(yard *y, const worker *w, bool finished)
{
    if (w->broken && y->status == FPL_OK) y->status = FPL_E_MEMORY;
    y->boxes[w->at].done = finished;
    __atomic_add_fetch(&y->seen, y->boxes[w->at].n_counted, __ATOMIC_RELAXED);
    while (y->n_delivered < y->n_boxes && y->boxes[y->n_delivered].done &&
           y->hunt->stop == FPL_COMPLETE) {
        box *next = &y->boxes[y->n_delivered];
        hand_over(y, next);
        fpli_free(next->found);
        next->found = NULL;
        __atomic_store_n(&y->n_delivered, y->n_delivered + 1, __ATOMIC_RELEASE);
    }
    /* an unfinished box still gives what it has, if it is next: a partial answer */
    if (!finished && y->status == FPL_OK && is_its_turn(y, w->at)) {
        hand_over(y, &y->boxes[w->at]);
        if (y->hunt->stop == FPL_COMPLETE) y->hunt->stop = w->stop;
    }
    if (!finished || y->status != FPL_OK) __atomic_store_n(&y->halt, 1, __ATOMIC_RELAXED);
}

static void work(worker *w)
{
    yard *y = w->y;
    const size_t n = (size_t)y->n;
    for (;;) {
        w->at = __atomic_fetch_add(&y->next, 1, __ATOMIC_RELAXED);
        if (w->at >= y->n_boxes || is_halted(y)) return;
        const bool finished = fpli_search_run(w->search, y->domains + w->at * n,
                                              y->hunt->scope, 0, found_in_box,
                                              poll_in_box, w);
        if (!finished && !w->broken && w->stop == FPL_COMPLETE) return; /* halted */
#pragma omp critical(fpli_hunt_delivery)
        settle_box(y, w, finished);
    }
}

static void work_through(yard *y)
{
    fpl_stop reason = FPL_COMPLETE;
#pragma omp parallel num_threads(fpli_watch_threads(y->hunt->watch))
    {
        worker w = {.y = y};
        const fpl_status own = fpli_search_new(y->hunt->lanes, &w.search);
#pragma omp master
        w.tells = true;
        if (own == FPL_OK) {
            fpli_search_set_task(w.search, y->hunt->task);
            work(&w);
        } else {
            __atomic_store_n(&y->halt, 1, __ATOMIC_RELAXED);
        }
#pragma omp critical(fpli_hunt_delivery)
        {
            if (own != FPL_OK) y->status = own;
            if (w.stop != FPL_COMPLETE) reason = w.stop;
            if (own == FPL_OK) y->hunt->nodes += fpli_search_nodes(w.search);
        }
        fpli_search_free(w.search);
    }
    if (y->hunt->stop == FPL_COMPLETE) y->hunt->stop = reason;
}

/* Every scenario that was counted alone lies in a box again. */
static void add_up(yard *y)
{
    uint64_t counted = 0;
    for (size_t b = 0; b < y->n_boxes; b++) counted += y->boxes[b].n_counted;
    if (counted > y->hunt->found) y->hunt->found = counted;
}

static fpl_status go_together(fpli_hunt *hunt, int n)
{
    yard y = {.hunt = hunt, .n = n, .skip = hunt->found};
    fpl_status status = cut(&y);
    if (status == FPL_OK) {
        hunt->nodes = 0;
        work_through(&y);
        add_up(&y);
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
