/* Boxes: cut, keep, restore. A record is a box, what it gained since the record before, and where its
 * search stands; so the records of a box, in order, add up to its state. */
#include "engine/boxes.h"

#include "base/mem.h"

#include <string.h>

enum { BOXES_WANTED = 512 };

/* The first record of a part: not a box. */
#define CUT UINT32_MAX

/* ---- cutting ------------------------------------------------------------------------------ */

/* Boxes while they are cut. */
typedef struct heap {
    uint64_t *domains;
    double *weight;
    size_t n, capacity;
} heap;

static void heap_clear(heap *h)
{
    fpli_free(h->domains);
    fpli_free(h->weight);
    memset(h, 0, sizeof *h);
}

/* Room for the children of one more box. */
static bool make_room(heap *h, size_t width)
{
    if (h->capacity - h->n > FPL_VARIANTS_MAX) return true;
    const size_t capacity = 2 * h->capacity + 4 * (size_t)FPL_VARIANTS_MAX;
    uint64_t *domains = fpli_resize(h->domains, capacity * width, sizeof *domains);
    if (domains != NULL) h->domains = domains;
    double *weight = fpli_resize(h->weight, capacity, sizeof *weight);
    if (weight != NULL) h->weight = weight;
    if (domains == NULL || weight == NULL) return false;
    h->capacity = capacity;
    return true;
}

/* All children of all boxes; *grew: whether any box had some. */
static bool cut_once(const heap *boxes, heap *next, fpli_search *search,
                     const bool *scope, size_t width, bool *grew)
{
    *grew = false;
    for (size_t b = 0; b < boxes->n; b++) {
        if (!make_room(next, width)) return false;
        const uint64_t *domains = boxes->domains + b * width;
        uint64_t *own = next->domains + next->n * width;
        const int children = fpli_search_expand(search, domains, scope, own);
        if (children < 0) memcpy(own, domains, width * sizeof *own);
        const int n = children < 0 ? 1 : children;
        for (int c = 0; c < n; c++) next->weight[next->n++] = boxes->weight[b] / n;
        *grew = *grew || children >= 0;
    }
    return true;
}

static bool cut(heap *boxes, fpli_search *search, const bool *scope, size_t width)
{
    for (bool grew = true; grew && boxes->n > 0 && boxes->n < BOXES_WANTED;) {
        heap next = {0};
        if (!cut_once(boxes, &next, search, scope, width, &grew)) {
            heap_clear(&next);
            return false;
        }
        heap_clear(boxes);
        *boxes = next;
    }
    return true;
}

fpl_status fpli_boxes_cut(fpli_boxes *boxes, fpli_search *search, const uint64_t *domains,
                          const bool *scope)
{
    const size_t width = (size_t)boxes->n_descriptors;
    heap h = {0};
    bool good = make_room(&h, width);
    if (good) {
        memcpy(h.domains, domains, width * sizeof *domains);
        h.weight[h.n++] = 1;
        good = cut(&h, search, scope, width);
    }
    if (good) boxes->items = fpli_new(h.n, sizeof *boxes->items);
    if (!good || boxes->items == NULL) {
        heap_clear(&h);
        return FPL_E_MEMORY;
    }
    double sum = 0; /* boxes without children took their weight away */
    for (size_t b = 0; b < h.n; b++) sum += h.weight[b];
    for (size_t b = 0; b < h.n; b++) boxes->items[b].weight = h.weight[b] / sum;
    boxes->n = h.n;
    boxes->domains = h.domains;
    fpli_free(h.weight);
    return FPL_OK;
}

void fpli_boxes_clear(fpli_boxes *boxes)
{
    for (size_t b = 0; boxes->items != NULL && b < boxes->n; b++) {
        fpli_free(boxes->items[b].found);
        fpli_free(boxes->items[b].path);
    }
    fpli_free(boxes->items);
    fpli_free(boxes->domains);
    memset(boxes, 0, sizeof *boxes);
}

/* ---- keeping ------------------------------------------------------------------------------ */

void fpli_gain_add(fpli_gain *gain, const uint64_t *domains, int n)
{
    unsigned char row[FPL_DESCRIPTORS_MAX];
    for (int d = 0; d < n; d++) row[d] = (unsigned char)__builtin_ctzll(domains[d]);
    fpli_bytes_put(&gain->rows, row, (size_t)n);
}

fpl_status fpli_boxes_keep(const fpli_boxes *boxes, size_t at, fpli_gain *gain,
                           const fpli_search *search, bool done,
                           fpl_checkpoint *checkpoint, uint32_t part)
{
    uint8_t path[FPL_DESCRIPTORS_MAX];
    const int n_path = done ? 0 : fpli_search_position(search, path);
    fpli_bytes record = {.broken = gain->rows.broken};
    fpli_bytes_put_number(&record, at, 4);
    fpli_bytes_put_number(&record, done, 1);
    fpli_bytes_put_number(&record, gain->n_counted, 8);
    fpli_bytes_put_number(&record, gain->rows.n / (size_t)boxes->n_descriptors, 8);
    fpli_bytes_put(&record, gain->rows.items, gain->rows.n);
    fpli_bytes_put_number(&record, (uint64_t)n_path, 2);
    fpli_bytes_put(&record, path, (size_t)n_path);
    const fpl_status status = fpli_checkpoint_append(checkpoint, part, &record);
    fpli_bytes_clear(&record);
    gain->rows.n = 0;
    gain->n_counted = 0;
    return status;
}

/* ---- restoring ---------------------------------------------------------------------------- */

typedef struct restorer {
    fpli_boxes *boxes;
    uint64_t cut; /* a hash of the boxes */
    bool was_cut;
    bool listed;
} restorer;

static fpl_status take_rows(const fpli_boxes *boxes, size_t at, uint64_t n_rows,
                            fpli_reader *reader)
{
    const size_t n = (size_t)boxes->n_descriptors;
    const uint64_t *domains = fpli_boxes_domains(boxes, at);
    fpli_box *b = &boxes->items[at];
    if (n_rows > reader->n / n) return FPL_E_SYNTAX;
    for (uint64_t r = 0; r < n_rows; r++) {
        const unsigned char *row = fpli_take(reader, n);
        if (!fpli_grow((void **)&b->found, b->n_found, &b->capacity,
                       n * sizeof *b->found))
            return FPL_E_MEMORY;
        uint16_t *z = b->found + b->n_found++ * n;
        for (size_t d = 0; d < n; d++) {
            if (row[d] >= FPL_VARIANTS_MAX || !(domains[d] >> row[d] & 1))
                return FPL_E_SYNTAX;
            z[d] = row[d];
        }
    }
    return FPL_OK;
}

static fpl_status take_path(const fpli_boxes *boxes, fpli_box *b, fpli_reader *reader)
{
    const uint64_t n = fpli_take_number(reader, 2);
    const unsigned char *path = fpli_take(reader, (size_t)n);
    if (path == NULL || n > (uint64_t)boxes->n_descriptors) return FPL_E_SYNTAX;
    if (b->path == NULL) b->path = fpli_new((size_t)boxes->n_descriptors, 1);
    if (b->path == NULL) return FPL_E_MEMORY;
    memcpy(b->path, path, (size_t)n);
    b->n_path = (int)n;
    return FPL_OK;
}

static fpl_status take_record(void *context, fpli_reader *reader)
{
    restorer *r = context;
    const uint64_t at = fpli_take_number(reader, 4);
    if (!r->was_cut) {
        r->was_cut = true;
        return at == CUT && fpli_take_number(reader, 8) == r->cut ? FPL_OK : FPL_E_SYNTAX;
    }
    if (at >= r->boxes->n || r->boxes->items[at].done) return FPL_E_SYNTAX;
    fpli_box *b = &r->boxes->items[at];
    b->done = fpli_take_number(reader, 1) != 0;
    b->n_counted += fpli_take_number(reader, 8);
    const uint64_t n_rows = fpli_take_number(reader, 8);
    if (r->listed ? b->n_counted > 0 : n_rows > 0) return FPL_E_SYNTAX;
    const fpl_status status = take_rows(r->boxes, (size_t)at, n_rows, reader);
    return status == FPL_OK ? take_path(r->boxes, b, reader) : status;
}

fpl_status fpli_boxes_restore(fpli_boxes *boxes, bool listed, fpl_checkpoint *checkpoint,
                              uint32_t part)
{
    restorer r = {.boxes = boxes, .listed = listed};
    const size_t size = boxes->n * (size_t)boxes->n_descriptors * sizeof *boxes->domains;
    r.cut = fpli_sum(FPLI_SUM, boxes->domains, size);
    fpl_status status = fpli_checkpoint_replay(checkpoint, part, take_record, &r);
    if (status != FPL_OK || r.was_cut) return status;
    fpli_bytes record = {0};
    fpli_bytes_put_number(&record, CUT, 4);
    fpli_bytes_put_number(&record, r.cut, 8);
    status = fpli_checkpoint_append(checkpoint, part, &record);
    fpli_bytes_clear(&record);
    return status;
}
