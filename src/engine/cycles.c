/* Two islands that do not hear each other run side by side: a start falls in step with a pair of
 * cycles at a pair of places, and has arrived when both have. */
#include "engine/cycles.h"

#include "base/mem.h"
#include "base/status.h"

#include <string.h>

static void cycle_clear(fpli_cycle *cycle)
{
    for (size_t p = 0; cycle->phases != NULL && p < cycle->length; p++) {
        fpl_count_clear(&cycle->phases[p].weight);
        fpli_free(cycle->phases[p].within);
    }
    fpli_free(cycle->phases);
    fpli_free(cycle->members);
}

void fpli_cycles_clear(fpli_cycles *cycles)
{
    for (size_t i = 0; i < cycles->n; i++) cycle_clear(&cycles->items[i]);
    fpli_free(cycles->items);
    cycles->items = NULL;
    cycles->n = cycles->capacity = 0;
}

fpli_cycle *fpli_cycles_add(fpli_cycles *cycles, size_t length)
{
    if (!fpli_grow((void **)&cycles->items, cycles->n, &cycles->capacity,
                   sizeof *cycles->items))
        return NULL;
    fpli_cycle *cycle = &cycles->items[cycles->n];
    *cycle = (fpli_cycle){.length = length};
    cycle->members = fpli_new(length * cycles->n_descriptors, sizeof *cycle->members);
    cycle->phases = fpli_new(length, sizeof *cycle->phases);
    if (cycle->members == NULL || cycle->phases == NULL) {
        cycle_clear(cycle);
        return NULL;
    }
    cycles->n++;
    return cycle;
}

fpl_status fpli_phase_set(fpli_phase *phase, const uint64_t *arrivals, size_t n_times)
{
    uint64_t sum = 0, so_far = 0;
    while (n_times > 0 && arrivals[n_times - 1] == 0) n_times--;
    for (size_t t = 0; t < n_times; t++) sum += arrivals[t];
    phase->n_times = n_times;
    phase->within = fpli_new(n_times, sizeof *phase->within);
    if (phase->within == NULL) return FPL_E_MEMORY;
    for (size_t t = 0; t < n_times; t++) {
        so_far += arrivals[t];
        phase->within[t] = (double)so_far / (double)sum;
    }
    return fpl_count_set(&phase->weight, sum);
}

static double within(const fpli_phase *phase, size_t t)
{
    return t < phase->n_times ? phase->within[t] : 1;
}

static fpl_status join_phases(const fpli_phase *a, const fpli_phase *b, fpli_phase *both)
{
    both->n_times = a->n_times > b->n_times ? a->n_times : b->n_times;
    both->within = fpli_new(both->n_times, sizeof *both->within);
    if (both->within == NULL) return FPL_E_MEMORY;
    for (size_t t = 0; t < both->n_times; t++)
        both->within[t] = within(a, t) * within(b, t);
    fpl_status status = fpl_count_copy(&both->weight, &a->weight);
    return status == FPL_OK ? fpl_count_mul(&both->weight, &b->weight) : status;
}

static size_t common_divisor(size_t a, size_t b)
{
    while (b != 0) {
        const size_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static void join_members(const fpli_cycles *all, const uint16_t *a, const uint16_t *b,
                         const bool *scope, uint16_t *both)
{
    for (size_t d = 0; d < all->n_descriptors; d++) both[d] = scope[d] ? b[d] : a[d];
}

static fpl_status multiply_pair(fpli_cycles *product, const fpli_cycle *a,
                                const fpli_cycle *b, const bool *scope)
{
    const size_t n = product->n_descriptors;
    const size_t divisor = common_divisor(a->length, b->length);
    const size_t length = a->length / divisor * b->length;
    for (size_t shift = 0; shift < divisor; shift++) {
        fpli_cycle *both = fpli_cycles_add(product, length);
        if (both == NULL) return FPL_E_MEMORY;
        for (size_t p = 0; p < length; p++) {
            const size_t at = p % a->length, bt = (p + shift) % b->length;
            join_members(product, a->members + at * n, b->members + bt * n, scope,
                         both->members + p * n);
            const fpl_status status = join_phases(&a->phases[at], &b->phases[bt],
                                                  &both->phases[p]);
            if (status != FPL_OK) return status;
        }
    }
    return FPL_OK;
}

fpl_status fpli_cycles_multiply(fpli_cycles *cycles, const fpli_cycles *other,
                                const bool *scope)
{
    fpli_cycles product = {.n_descriptors = cycles->n_descriptors};
    fpl_status status = FPL_OK;
    for (size_t i = 0; i < cycles->n && status == FPL_OK; i++)
        for (size_t k = 0; k < other->n && status == FPL_OK; k++)
            status = multiply_pair(&product, &cycles->items[i], &other->items[k], scope);
    if (status != FPL_OK) {
        fpli_cycles_clear(&product);
        return status;
    }
    fpli_cycles_clear(cycles);
    *cycles = product;
    return FPL_OK;
}

fpl_status fpli_cycle_weight(const fpli_cycle *cycle, fpl_count *weight,
                             double *mean_steps)
{
    fpl_status status = fpl_count_set(weight, 0);
    double sum = 0;
    for (size_t p = 0; p < cycle->length && status == FPL_OK; p++) {
        const fpli_phase *phase = &cycle->phases[p];
        double mean = 0;
        for (size_t t = 0; t < phase->n_times; t++) mean += 1 - phase->within[t];
        sum += mean * fpl_count_to_double(&phase->weight);
        status = fpl_count_add(weight, &phase->weight);
    }
    const double all = fpl_count_to_double(weight);
    *mean_steps = all > 0 ? sum / all : 0;
    return status;
}

/* ---- bytes -------------------------------------------------------------------------------- */

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static double value_of(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

void fpli_cycles_put(fpli_bytes *bytes, const fpli_cycles *cycles, bool phases)
{
    fpli_bytes_put_number(bytes, cycles->n, 8);
    for (size_t i = 0; i < cycles->n; i++) {
        const fpli_cycle *c = &cycles->items[i];
        fpli_bytes_put_number(bytes, c->length, 8);
        for (size_t m = 0; m < c->length * cycles->n_descriptors; m++)
            fpli_bytes_put_number(bytes, c->members[m], 1);
        for (size_t p = 0; phases && p < c->length; p++) {
            const fpli_phase *phase = &c->phases[p];
            fpli_bytes_put_count(bytes, &phase->weight);
            fpli_bytes_put_number(bytes, phase->n_times, 8);
            for (size_t t = 0; t < phase->n_times; t++)
                fpli_bytes_put_number(bytes, bits_of(phase->within[t]), 8);
        }
    }
}

static fpl_status take_phase(fpli_reader *reader, fpli_phase *phase)
{
    const fpl_status status = fpli_take_count(reader, &phase->weight);
    const uint64_t n = fpli_take_number(reader, 8);
    if (n == 0 || n > reader->n / 8) reader->broken = true;
    if (status != FPL_OK || reader->broken) return status;
    phase->within = fpli_new((size_t)n, sizeof *phase->within);
    if (phase->within == NULL) return FPL_E_MEMORY;
    phase->n_times = (size_t)n;
    for (size_t t = 0; t < n; t++)
        phase->within[t] = value_of(fpli_take_number(reader, 8));
    return FPL_OK;
}

static fpl_status take_cycle(fpli_reader *reader, const fpl_model *model, bool phases,
                             fpli_cycles *cycles)
{
    const size_t n = cycles->n_descriptors;
    const uint64_t length = fpli_take_number(reader, 8);
    if (length == 0 || length > reader->n / n) reader->broken = true;
    if (reader->broken) return FPL_OK;
    fpli_cycle *cycle = fpli_cycles_add(cycles, (size_t)length);
    if (cycle == NULL) return FPL_E_MEMORY;
    for (size_t m = 0; m < length * n; m++) {
        cycle->members[m] = (uint16_t)fpli_take_number(reader, 1);
        if (cycle->members[m] >= fpl_model_n_variants(model, (int)(m % n)))
            reader->broken = true;
    }
    fpl_status status = FPL_OK;
    for (size_t p = 0; phases && p < length && status == FPL_OK && !reader->broken; p++)
        status = take_phase(reader, &cycle->phases[p]);
    return status;
}

fpl_status fpli_cycles_take(fpli_reader *reader, const fpl_model *model, bool phases,
                            fpli_cycles *cycles)
{
    fpl_status status = FPL_OK;
    uint64_t n = fpli_take_number(reader, 8);
    for (; n > 0 && !reader->broken && status == FPL_OK; n--)
        status = take_cycle(reader, model, phases, cycles);
    return status;
}
