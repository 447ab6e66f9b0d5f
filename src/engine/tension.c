/* The distribution of total tension: islands are swept apart and their histograms convolved. With
 * exclusions, scenario by scenario from the definition. */
#include <fahrplan/tension.h>

#include "base/mem.h"
#include "base/status.h"
#include "engine/islands.h"
#include "engine/sweep.h"

#include <fahrplan/balance.h>

#include <string.h>

static const size_t BINS_MAX = (size_t)1 << 26;

static fpl_status check_space(uint64_t space, size_t n_bins, fpl_error *error)
{
    if (space == 0 || space > FPL_TENSION_SPACE_MAX)
        return fpli_fail(
            error, FPL_E_UNSUPPORTED,
            "the scenarios that hang together are more than %u, too many to look at "
            "each of them",
            FPL_TENSION_SPACE_MAX);
    if (n_bins > BINS_MAX)
        return fpli_fail(error, FPL_E_UNSUPPORTED,
                         "tensions up to %zu are too many different values to count",
                         n_bins);
    return FPL_OK;
}

/* ---- with exclusions ---------------------------------------------------------------------- */

static fpl_status plain_histogram(const fpl_model *model, uint64_t space,
                                  fpli_watch *watch, uint64_t *histogram, fpl_stop *stop)
{
    const int n = fpl_model_n_descriptors(model);
    uint16_t *z = fpli_new((size_t)n, sizeof *z);
    int32_t *balance = fpli_new((size_t)fpl_model_offset(model, n), sizeof *balance);
    const bool made = z != NULL && balance != NULL;
    for (uint64_t i = 0; made && i < space && *stop == FPL_COMPLETE; i++) {
        fpl_figures figures;
        fpl_consistency(model, z, balance, NULL, &figures);
        if (!figures.excluded) histogram[figures.total_tension]++;
        for (int d = 0; d < n; d++) {
            z[d] = (uint16_t)(z[d] + 1 == fpl_model_n_variants(model, d) ? 0 : z[d] + 1);
            if (z[d] != 0) break;
        }
        if (i % 1024 == 0) *stop = fpli_watch_look(watch);
    }
    fpli_free(z);
    fpli_free(balance);
    return made ? FPL_OK : FPL_E_MEMORY;
}

/* ---- combining islands -------------------------------------------------------------------- */

static void free_bins(fpl_count *bins, size_t n)
{
    for (size_t t = 0; bins != NULL && t < n; t++) fpl_count_clear(&bins[t]);
    fpli_free(bins);
}

/* distribution *= histogram, as power series in t. */
static fpl_status convolve(fpl_tension_distribution *d, const uint64_t *histogram,
                           size_t n)
{
    fpl_status status = FPL_OK;
    fpl_count term = {0};
    const size_t n_bins = d->n_bins + n - 1;
    fpl_count *product = fpli_new(n_bins, sizeof *product);
    FPL_TRY(product == NULL ? FPL_E_MEMORY : FPL_OK);
    for (size_t t = 0; t < d->n_bins; t++)
        for (size_t s = 0; s < n; s++) {
            if (histogram[s] == 0 || d->frequency[t].n_limbs == 0) continue;
            FPL_TRY(fpl_count_copy(&term, &d->frequency[t]));
            FPL_TRY(fpl_count_mul_u64(&term, histogram[s]));
            FPL_TRY(fpl_count_add(&product[t + s], &term));
        }
    free_bins(d->frequency, d->n_bins);
    d->frequency = product;
    d->n_bins = n_bins;
    product = NULL;
out:
    free_bins(product, n_bins);
    fpl_count_clear(&term);
    return status;
}

static size_t used_bins(const uint64_t *histogram, size_t n)
{
    while (n > 1 && histogram[n - 1] == 0) n--;
    return n;
}

static fpl_status add_island(const fpl_model *model, const bool *scope, fpli_watch *watch,
                             fpl_tension_distribution *d, fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpli_sweep *sweep = NULL;
    uint64_t *histogram = NULL;
    FPL_TRY(fpli_sweep_new(model, scope, &sweep));
    const size_t n = fpli_sweep_bins(sweep);
    const bool plain = fpl_model_content(model)->exclusions.n > 0;
    FPL_TRY(check_space(fpli_sweep_space(sweep), n, error));
    histogram = fpli_new(n, sizeof *histogram);
    FPL_TRY(histogram == NULL ? FPL_E_MEMORY : FPL_OK);
    FPL_TRY(plain ? plain_histogram(model, fpli_sweep_space(sweep), watch, histogram,
                                    &d->stop)
                  : fpli_sweep_run(sweep, watch, histogram, &d->stop));
    FPL_TRY(convolve(d, histogram, used_bins(histogram, n)));
out:
    fpli_sweep_free(sweep);
    fpli_free(histogram);
    return status;
}

/* ---- the public face ---------------------------------------------------------------------- */

static fpl_status find_islands(const fpl_model *model, fpli_islands *islands)
{
    fpl_status status = FPL_OK;
    const size_t n = (size_t)fpl_model_n_descriptors(model);
    const bool together = fpl_model_content(model)->exclusions.n > 0;
    fpli_lanes *lanes = NULL;
    fpli_search *search = NULL;
    fpli_task task;
    uint64_t *domains = fpli_new(n, sizeof *domains);
    bool *tested = fpli_new(n, sizeof *tested);
    const fpl_query query = {.use_total = together};
    FPL_TRY(domains == NULL || tested == NULL ? FPL_E_MEMORY : FPL_OK);
    FPL_TRY(fpli_lanes_new(model, FPLI_VECTORS_END, &lanes));
    FPL_TRY(fpli_search_new(lanes, &search));
    FPL_TRY(fpli_task_set(model, &query, domains, tested, &task, NULL));
    fpli_search_set_task(search, &task);
    FPL_TRY(fpli_islands_find(search, model, &task, domains, islands));
out:
    fpli_search_free(search);
    fpli_lanes_free(lanes);
    fpli_free(domains);
    fpli_free(tested);
    return status;
}

/* Nothing can vary: one scenario without tension, unless it is excluded. */
static fpl_status count_the_only_one(const fpl_model *model, fpl_tension_distribution *d)
{
    uint16_t *z = fpli_new((size_t)fpl_model_n_descriptors(model), sizeof *z);
    if (z == NULL) return FPL_E_MEMORY;
    const bool excluded = fpl_is_excluded(model, z);
    fpli_free(z);
    return fpl_count_set(&d->frequency[0], !excluded);
}

fpl_status fpl_tension_distribution_compute(const fpl_model *model,
                                            const fpl_limits *limits,
                                            fpl_tension_distribution *distribution,
                                            fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpl_tension_distribution d = {.n_bins = 1};
    fpli_islands islands = {0};
    fpli_watch watch;
    fpli_watch_start(&watch, limits);
    d.frequency = fpli_new(1, sizeof *d.frequency);
    FPL_TRY(d.frequency == NULL ? FPL_E_MEMORY : FPL_OK);
    FPL_TRY(fpl_count_set(&d.frequency[0], 1));
    FPL_TRY(find_islands(model, &islands));
    if (islands.n == 0) FPL_TRY(count_the_only_one(model, &d));
    for (int i = 0; i < islands.n; i++)
        FPL_TRY(add_island(
            model, islands.scope + (size_t)i * (size_t)fpl_model_n_descriptors(model),
            &watch, &d, error));
    *distribution = d;
    d = (fpl_tension_distribution){0};
out:
    fpl_tension_distribution_clear(&d);
    fpli_islands_clear(&islands);
    if (status == FPL_E_OVERFLOW)
        return fpli_fail(error, status, "the number of scenarios does not fit 128 bits");
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_tension_distribution_clear(fpl_tension_distribution *distribution)
{
    free_bins(distribution->frequency, distribution->n_bins);
    memset(distribution, 0, sizeof *distribution);
}

fpl_status fpl_tension_rank(const fpl_tension_distribution *distribution, int64_t total,
                            fpl_count *below, fpl_count *equal)
{
    fpl_status status = fpl_count_set(below, 0);
    if (status == FPL_OK) status = fpl_count_set(equal, 0);
    for (size_t t = 0; t < distribution->n_bins && status == FPL_OK; t++) {
        if ((int64_t)t < total)
            status = fpl_count_add(below, &distribution->frequency[t]);
        if ((int64_t)t == total)
            status = fpl_count_copy(equal, &distribution->frequency[t]);
    }
    return status;
}
