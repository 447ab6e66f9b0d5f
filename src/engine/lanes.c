/* Laying out the lanes of a model: once for a model, for any number of searches. */
#include "engine/lanes.h"

#include "base/mem.h"

#include <string.h>

enum { SUBSET_VARIANTS_MAX = 6 };
static const size_t SUBSET_MEMORY_MAX = (size_t)64 << 20;

/* The judgements of one variant, and the difference that it makes between the two variants of a lane. A
 * descriptor's judgement on itself is no function of the others: it goes into the base. */
static const int16_t *judgements_of(const fpl_model *model, int flat)
{
    const size_t V = (size_t)fpl_model_offset(model, fpl_model_n_descriptors(model));
    return fpl_model_matrix(model) + (size_t)flat * V;
}

static int32_t difference(const int16_t *judgements, int i, const fpli_lane *lane)
{
    return i == lane->target ? 0 : judgements[lane->flat] - judgements[lane->flat_rival];
}

static int32_t own_difference(const fpl_model *model, const fpli_lane *lane)
{
    const int16_t *own = judgements_of(model, lane->flat);
    return own[lane->flat] - own[lane->flat_rival];
}

static void put(const fpli_lanes *lanes, void *row, size_t lane, int32_t value)
{
    if (lanes->bytes == 2)
        ((int16_t *)row)[lane] = (int16_t)value;
    else
        ((int32_t *)row)[lane] = value;
}

static fpli_lane lane_of(int offset, int target, int variant, int rival)
{
    return (fpli_lane){(uint16_t)target, (uint16_t)variant, (uint16_t)rival,
                       (uint16_t)(offset + variant), (uint16_t)(offset + rival)};
}

static fpl_status name_lanes(fpli_lanes *l)
{
    const fpl_model *model = l->model;
    const int n = fpl_model_n_descriptors(model);
    const int V = fpl_model_offset(model, n);
    for (int j = 0; j < n; j++) {
        const size_t k = (size_t)fpl_model_n_variants(model, j);
        l->n_used += k * (k - 1);
    }
    l->lane = fpli_new(l->n_used, sizeof *l->lane);
    l->first = fpli_new((size_t)V + 1, sizeof *l->first);
    if (l->lane == NULL || l->first == NULL) return FPL_E_MEMORY;
    int at = 0;
    for (int j = 0; j < n; j++) {
        const int k = fpl_model_n_variants(model, j);
        for (int b = 0; b < k; b++) {
            l->first[fpl_model_offset(model, j) + b] = at;
            for (int c = 0; c < k; c++)
                if (c != b) l->lane[at++] = lane_of(fpl_model_offset(model, j), j, b, c);
        }
    }
    l->first[V] = at;
    l->n = (l->n_used + FPLI_LANES_ALIGN - 1) / FPLI_LANES_ALIGN * FPLI_LANES_ALIGN;
    if (l->n == 0) l->n = FPLI_LANES_ALIGN;
    l->n_words = l->n / 64;
    return FPL_OK;
}

/* No difference over all scenarios is larger. */
static int64_t measure_range(const fpli_lanes *l)
{
    const int n = fpl_model_n_descriptors(l->model);
    int64_t range = 0;
    for (size_t at = 0; at < l->n_used; at++) {
        const int32_t own = own_difference(l->model, &l->lane[at]);
        int64_t sum = own < 0 ? -own : own;
        for (int i = 0; i < n; i++) {
            const int offset = fpl_model_offset(l->model, i);
            int32_t largest = 0;
            for (int a = 0; a < fpl_model_n_variants(l->model, i); a++) {
                const int32_t d = difference(judgements_of(l->model, offset + a), i,
                                             &l->lane[at]);
                if (d > largest) largest = d;
                if (-d > largest) largest = -d;
            }
            sum += largest;
        }
        if (sum > range) range = sum;
    }
    return range;
}

static fpl_status make_variant_rows(fpli_lanes *l)
{
    const int V = fpl_model_offset(l->model, fpl_model_n_descriptors(l->model));
    l->base = fpli_new_aligned(1, l->row_size);
    l->variant_row = fpli_new((size_t)V, sizeof *l->variant_row);
    if (l->base == NULL || l->variant_row == NULL) return FPL_E_MEMORY;
    for (int v = 0; v < V; v++) {
        l->variant_row[v] = fpli_new_aligned(1, l->row_size);
        if (l->variant_row[v] == NULL) return FPL_E_MEMORY;
    }
    return FPL_OK;
}

static void fill_from_variants(const fpli_lanes *l, int d, uint64_t set, void *row)
{
    void *const *rows = l->variant_row + fpl_model_offset(l->model, d);
    bool first = true;
    for (; set != 0; set &= set - 1, first = false) {
        const void *variant = rows[__builtin_ctzll(set)];
        if (first)
            memcpy(row, variant, l->row_size);
        else
            l->kernel->raise(row, variant, l->n);
    }
}

static fpl_status make_subset_rows(fpli_lanes *l)
{
    const int n = fpl_model_n_descriptors(l->model);
    size_t used = 0;
    l->subset_row = fpli_new((size_t)n, sizeof *l->subset_row);
    if (l->subset_row == NULL) return FPL_E_MEMORY;
    for (int d = 0; d < n; d++) {
        const int k = fpl_model_n_variants(l->model, d);
        const size_t size = l->row_size << k;
        if (k > SUBSET_VARIANTS_MAX || used + size > SUBSET_MEMORY_MAX) continue;
        used += size;
        l->subset_row[d] = fpli_new_aligned((size_t)1 << k, l->row_size);
        if (l->subset_row[d] == NULL) return FPL_E_MEMORY;
    }
    return FPL_OK;
}

static void fill_base(fpli_lanes *l, int d)
{
    const int *first = l->first + fpl_model_offset(l->model, d);
    const int end = first[fpl_model_n_variants(l->model, d)];
    for (int at = first[0]; at < end; at++)
        put(l, l->base, (size_t)at, own_difference(l->model, &l->lane[at]));
}

static void fill_variant(fpli_lanes *l, int d, int flat)
{
    const int16_t *judgements = judgements_of(l->model, flat);
    for (size_t at = 0; at < l->n_used; at++)
        put(l, l->variant_row[flat], at, difference(judgements, d, &l->lane[at]));
}

void fpli_lanes_refill(fpli_lanes *lanes, int d)
{
    const int k = fpl_model_n_variants(lanes->model, d);
    fill_base(lanes, d);
    for (int a = 0; a < k; a++)
        fill_variant(lanes, d, fpl_model_offset(lanes->model, d) + a);
    for (uint64_t set = 1; lanes->subset_row[d] != NULL && set < (uint64_t)1 << k; set++)
        fill_from_variants(lanes, d, set,
                           (char *)lanes->subset_row[d] + set * lanes->row_size);
}

/* The range of differences decides the width of the lanes; a tolerance may double it. */
static fpl_status lay_out(fpli_lanes *l, fpli_level_of_vectors vectors, int64_t range)
{
    l->range = range;
    l->bytes = 2 * range + 2 <= INT16_MAX ? 2 : 4;
    l->kernel = vectors == FPLI_VECTORS_END ? fpli_kernel_best(l->bytes)
                                            : fpli_kernel_get(vectors, l->bytes);
    l->row_size = l->n * (size_t)l->bytes;
    fpl_status status = make_variant_rows(l);
    if (status == FPL_OK) status = make_subset_rows(l);
    for (int d = 0; d < fpl_model_n_descriptors(l->model) && status == FPL_OK; d++)
        fpli_lanes_refill(l, d);
    return status;
}

fpl_status fpli_lanes_new_within(const fpl_model *model, fpli_level_of_vectors vectors,
                                 int64_t range, fpli_lanes **lanes)
{
    fpli_lanes *l = fpli_new(1, sizeof *l);
    if (l == NULL) return FPL_E_MEMORY;
    l->model = model;
    fpl_status status = name_lanes(l);
    if (status == FPL_OK)
        status = lay_out(l, vectors, range < 0 ? measure_range(l) : range);
    if (status == FPL_OK)
        *lanes = l;
    else
        fpli_lanes_free(l);
    return status;
}

fpl_status fpli_lanes_new(const fpl_model *model, fpli_level_of_vectors vectors,
                          fpli_lanes **lanes)
{
    return fpli_lanes_new_within(model, vectors, -1, lanes);
}

void fpli_lanes_free(fpli_lanes *lanes)
{
    if (lanes == NULL) return;
    const int n = fpl_model_n_descriptors(lanes->model);
    for (int v = 0; lanes->variant_row != NULL && v < fpl_model_offset(lanes->model, n);
         v++)
        fpli_free(lanes->variant_row[v]);
    for (int d = 0; lanes->subset_row != NULL && d < n; d++)
        fpli_free(lanes->subset_row[d]);
    fpli_free(lanes->variant_row);
    fpli_free(lanes->subset_row);
    fpli_free(lanes->base);
    fpli_free(lanes->lane);
    fpli_free(lanes->first);
    fpli_free(lanes);
}

const void *fpli_lanes_row(const fpli_lanes *lanes, int d, uint64_t set, void *scratch)
{
    if ((set & (set - 1)) == 0)
        return lanes
            ->variant_row[fpl_model_offset(lanes->model, d) + __builtin_ctzll(set)];
    if (lanes->subset_row[d] != NULL)
        return (const char *)lanes->subset_row[d] + set * lanes->row_size;
    fill_from_variants(lanes, d, set, scratch);
    return scratch;
}
