/* Hunting in one thread, then in boxes. */
#include "engine/hunt.h"

#include "base/mem.h"
#include "engine/boxes.h"

#include <string.h>

enum { NODES_ALONE = 4096, FLUSH_AT = 1024 };

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
    fpli_watch_tell(l->hunt->watch, fpli_search_share(l->hunt->search), l->hunt->found,
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

typedef struct yard {
    fpli_hunt *hunt;
    int n; /* descriptors */
    fpli_boxes boxes;
    size_t next;        /* atomic: the first box that nobody has claimed */
    size_t n_delivered; /* atomic: the box whose turn it is */
    size_t waiting;     /* atomic: bytes found and not handed over */
    uint64_t skip;      /* scenarios that were delivered before the boxes were made */
    uint64_t seen;      /* atomic: found, for progress */
    uint64_t share;     /* atomic: of the work done, in units of SHARE */
    int halt;           /* atomic: no more work */
    fpl_status status;
} yard;

static const double SHARE = 0x1p-52;

typedef struct worker {
    yard *y;
    fpli_search *search;
    size_t at;      /* its box */
    uint64_t share; /* of the box that y->share has already */
    fpli_gain gain; /* not in the checkpoint yet */
    bool tells;
    fpl_status status; /* what broke it */
    fpl_stop stop;
} worker;

static bool is_halted(const yard *y)
{
    return __atomic_load_n(&y->halt, __ATOMIC_RELAXED) != 0;
}

static bool is_its_turn(const yard *y, size_t index)
{
    return __atomic_load_n(&y->n_delivered, __ATOMIC_ACQUIRE) == index;
}

/* Give the visitor what a box has found so far. One thread at a time, boxes in order. */
static void hand_over(yard *y, fpli_box *b)
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
static void make_room(worker *w, fpli_box *b)
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
    fpli_box *b = &y->boxes.items[w->at];
    const size_t n = (size_t)y->n, size = n * sizeof *b->found;
    if (y->hunt->visitor == NULL) {
        b->n_counted++;
        w->gain.n_counted++;
        return true;
    }
    if (!fpli_grow((void **)&b->found, b->n_found, &b->capacity, size)) {
        w->status = FPL_E_MEMORY;
        return false;
    }
    if (y->hunt->watch->checkpoint != NULL) fpli_gain_add(&w->gain, domains, y->n);
    to_scenario(domains, y->n, b->found + b->n_found++ * n);
    const size_t waiting = __atomic_add_fetch(&y->waiting, size, __ATOMIC_RELAXED);
    if (waiting > WAITING_MAX || (b->n_found >= FLUSH_AT && is_its_turn(y, w->at)))
        make_room(w, b);
    return w->stop == FPL_COMPLETE && !is_halted(y);
}

/* Bring the share done up to what is done of this worker's box. */
static void note_share(worker *w, double done)
{
    const double share = done * w->y->boxes.items[w->at].weight / SHARE;
    __atomic_add_fetch(&w->y->share, (uint64_t)share - w->share, __ATOMIC_RELAXED);
    w->share = (uint64_t)share;
}

static void tell(const worker *w)
{
    const yard *y = w->y;
    const uint64_t share = __atomic_load_n(&y->share, __ATOMIC_RELAXED);
    fpli_watch_tell(y->hunt->watch, (double)share * SHARE,
                    __atomic_load_n(&y->seen, __ATOMIC_RELAXED),
                    fpli_search_nodes(w->search));
}

/* In `poll`, or when the box is done. Returns whether it went well. */
static bool keep(worker *w, bool done)
{
    const fpli_hunt *hunt = w->y->hunt;
    if (hunt->watch->checkpoint == NULL) return true;
    const fpl_status status = fpli_boxes_keep(&w->y->boxes, w->at, &w->gain, w->search,
                                              done, hunt->watch->checkpoint, hunt->part);
    if (status != FPL_OK) w->status = status;
    return status == FPL_OK;
}

static bool poll_in_box(void *context)
{
    worker *w = context;
    yard *y = w->y;
    fpl_checkpoint *checkpoint = y->hunt->watch->checkpoint;
    const bool halted = is_halted(y);
    if (!halted) w->stop = fpli_watch_look(y->hunt->watch);
    const bool ends = halted || w->stop != FPL_COMPLETE;
    if (checkpoint != NULL &&
        (ends || fpli_checkpoint_is_due(checkpoint, &w->gain.kept_ms)) && !keep(w, false))
        return false;
    note_share(w, fpli_search_share(w->search));
    if (w->tells) tell(w);
    return !ends;
}

/* A box is finished or given up: hand over what is due, in order. One thread at a time. */
static void settle_box(yard *y, const worker *w, bool finished)
{
    fpli_box *own = &y->boxes.items[w->at];
    if (w->status != FPL_OK && y->status == FPL_OK) y->status = w->status;
    own->done = finished;
    __atomic_add_fetch(&y->seen, own->n_counted, __ATOMIC_RELAXED);
    while (y->n_delivered < y->boxes.n && y->boxes.items[y->n_delivered].done &&
           y->hunt->stop == FPL_COMPLETE) {
        fpli_box *next = &y->boxes.items[y->n_delivered];
        hand_over(y, next);
        fpli_free(next->found);
        next->found = NULL;
        __atomic_store_n(&y->n_delivered, y->n_delivered + 1, __ATOMIC_RELEASE);
    }
    /* an unfinished box still gives what it has, if it is next: a partial answer */
    if (!finished && y->status == FPL_OK && is_its_turn(y, w->at)) {
        hand_over(y, own);
        if (y->hunt->stop == FPL_COMPLETE) y->hunt->stop = w->stop;
    }
    if (!finished || y->status != FPL_OK) __atomic_store_n(&y->halt, 1, __ATOMIC_RELAXED);
}

/* Work in the box that was claimed, from where it was left. */
static bool search_box(worker *w)
{
    yard *y = w->y;
    const fpli_box *b = &y->boxes.items[w->at];
    if (b->done) return true;
    if (b->path != NULL) fpli_search_go_on_at(w->search, b->path, b->n_path);
    return fpli_search_run(w->search, fpli_boxes_domains(&y->boxes, w->at),
                           y->hunt->scope, 0, found_in_box, poll_in_box, w) &&
           keep(w, true);
}

static void work(worker *w)
{
    yard *y = w->y;
    for (;;) {
        w->at = __atomic_fetch_add(&y->next, 1, __ATOMIC_RELAXED);
        w->share = 0;
        if (w->at >= y->boxes.n || is_halted(y)) return;
        const bool finished = search_box(w);
        if (!finished && w->status == FPL_OK && w->stop == FPL_COMPLETE)
            return; /* halted */
        if (finished) note_share(w, 1);
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
        w.gain.kept_ms = fpli_clock_ms();
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
        fpli_bytes_clear(&w.gain.rows);
    }
    if (y->hunt->stop == FPL_COMPLETE) y->hunt->stop = reason;
}

/* Every scenario that was counted alone lies in a box again. */
static void add_up(yard *y)
{
    uint64_t counted = 0;
    for (size_t b = 0; b < y->boxes.n; b++) counted += y->boxes.items[b].n_counted;
    if (counted > y->hunt->found) y->hunt->found = counted;
}

/* Take up what a checkpoint holds. */
static fpl_status restore(yard *y)
{
    const fpli_hunt *hunt = y->hunt;
    if (hunt->watch->checkpoint == NULL) return FPL_OK;
    const fpl_status status = fpli_boxes_restore(&y->boxes, hunt->visitor != NULL,
                                                 hunt->watch->checkpoint, hunt->part);
    for (size_t b = 0; b < y->boxes.n; b++)
        y->waiting += y->boxes.items[b].n_found * (size_t)y->n * sizeof(uint16_t);
    return status;
}

static fpl_status go_together(fpli_hunt *hunt, int n)
{
    yard y = {.hunt = hunt, .n = n, .boxes = {.n_descriptors = n}, .skip = hunt->found};
    fpl_status status = fpli_boxes_cut(&y.boxes, hunt->search, hunt->domains,
                                       hunt->scope);
    if (status == FPL_OK) status = restore(&y);
    if (status == FPL_OK) {
        hunt->nodes = 0;
        work_through(&y);
        add_up(&y);
        status = y.status;
    }
    fpli_boxes_clear(&y.boxes);
    return status;
}

fpl_status fpli_hunt_run(fpli_hunt *hunt)
{
    const int n = fpl_model_n_descriptors(hunt->lanes->model);
    const bool many = fpli_watch_threads(hunt->watch) > 1 ||
                      hunt->watch->checkpoint != NULL;
    hunt->stop = FPL_COMPLETE;
    hunt->found = hunt->nodes = 0;
    uint16_t *z = fpli_new((size_t)n, sizeof *z);
    if (z == NULL) return FPL_E_MEMORY;
    const bool over = go_alone(hunt, z, n, many ? NODES_ALONE : 0);
    fpli_free(z);
    return over ? FPL_OK : go_together(hunt, n);
}
