/* The distribution of total tension: islands are swept apart and their histograms convolved. With
 * exclusions, scenario by scenario from the definition. */
#include <fahrplan/tension.h>

#include "base/checkpoint.h"
#include "base/mem.h"
#include "base/status.h"
#include "engine/islands.h"
#include "engine/question.h"
#include "engine/sweep.h"

#include <fahrplan/balance.h>

#include <string.h>

static const size_t BINS_MAX = (size_t)1 << 26;

enum { PART = 0, ROUND_CHUNKS = 256, LOOK_EVERY = 1024 };

/* A survey of all islands, one after the other. With what was finished before the present one it is all
 * that a checkpoint holds. */
typedef struct survey {
    const fpl_model *model;
    fpli_watch watch;
    fpl_tension_distribution d; /* of the islands before the present one */
    int island;
    uint64_t next;       /* chunk, or scenario if there are exclusions */
    uint64_t *histogram; /* of the present island so far */
    size_t n_bins;
    fpli_bytes kept; /* the histogram as a checkpoint had it; empty: none */
    int64_t kept_ms;
} survey;

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

/* ---- keeping ------------------------------------------------------------------------------ */

static void put_histogram(fpli_bytes *bytes, const survey *s)
{
    for (size_t t = 0; t < s->n_bins; t++)
        if (s->histogram[t] > 0) {
            fpli_bytes_put_number(bytes, t, 8);
            fpli_bytes_put_number(bytes, s->histogram[t], 8);
        }
}

/* Keep all that is done, if it is time. */
static fpl_status keep(survey *s)
{
    fpl_checkpoint *checkpoint = s->watch.checkpoint;
    if (checkpoint == NULL || !fpli_checkpoint_is_due(checkpoint, &s->kept_ms))
        return FPL_OK;
    fpli_bytes record = {0};
    fpli_bytes_put_number(&record, (uint64_t)s->island, 4);
    fpli_bytes_put_number(&record, s->next, 8);
    fpli_bytes_put_number(&record, s->d.n_bins, 8);
    for (size_t t = 0; t < s->d.n_bins; t++)
        fpli_bytes_put_count(&record, &s->d.frequency[t]);
    put_histogram(&record, s);
    fpl_status status = fpli_checkpoint_restart(checkpoint);
    if (status == FPL_OK) status = fpli_checkpoint_append(checkpoint, PART, &record);
    if (status == FPL_OK) status = fpli_checkpoint_commit(checkpoint);
    fpli_bytes_clear(&record);
    return status;
}

static void free_bins(fpl_count *bins, size_t n)
{
    for (size_t t = 0; bins != NULL && t < n; t++) fpl_count_clear(&bins[t]);
    fpli_free(bins);
}

static fpl_status take_state(void *context, fpli_reader *reader)
{
    survey *s = context;
    s->island = (int)(fpli_take_number(reader, 4) & INT32_MAX);
    s->next = fpli_take_number(reader, 8);
    const uint64_t n_bins = fpli_take_number(reader, 8);
    if (n_bins == 0 || n_bins > reader->n / 4) return FPL_E_SYNTAX;
    fpl_count *bins = fpli_new((size_t)n_bins, sizeof *bins);
    if (bins == NULL) return FPL_E_MEMORY;
    free_bins(s->d.frequency, s->d.n_bins);
    s->d.frequency = bins;
    s->d.n_bins = (size_t)n_bins;
    for (size_t t = 0; t < n_bins; t++) {
        const fpl_status status = fpli_take_count(reader, &bins[t]);
        if (status != FPL_OK) return status;
    }
    s->kept.n = 0;
    fpli_bytes_put(&s->kept, reader->at, reader->n);
    reader->n = 0;
    return s->kept.broken ? FPL_E_MEMORY : FPL_OK;
}

/* Bring the present island to where it was kept; units: of its work. */
static fpl_status take_up(survey *s, uint64_t units)
{
    fpli_reader reader = {s->kept.items, s->kept.n, false};
    bool fits = s->next <= units;
    while (reader.n > 0 && fits) {
        const uint64_t t = fpli_take_number(&reader, 8);
        fits = !reader.broken && t < s->n_bins;
        if (fits) s->histogram[t] = fpli_take_number(&reader, 8);
    }
    s->kept.n = 0;
    return fits && !reader.broken ? FPL_OK : fpli_checkpoint_refuse(s->watch.checkpoint);
}

/* ---- with exclusions ---------------------------------------------------------------------- */

static void decode(const fpl_model *model, uint64_t number, uint16_t *z)
{
    for (int d = 0; d < fpl_model_n_descriptors(model); d++) {
        z[d] = (uint16_t)(number % (uint64_t)fpl_model_n_variants(model, d));
        number /= (uint64_t)fpl_model_n_variants(model, d);
    }
}

/* Some scenarios from s->next on. z, balance: work space; z is the next one. */
static void look_at_each(survey *s, uint64_t n, uint16_t *z, int32_t *balance)
{
    const fpl_model *model = s->model;
    for (const uint64_t end = s->next + n; s->next < end; s->next++) {
        fpl_figures figures;
        fpl_consistency(model, z, balance, NULL, &figures);
        if (!figures.excluded) s->histogram[figures.total_tension]++;
        for (int d = 0; d < fpl_model_n_descriptors(model); d++) {
            z[d] = (uint16_t)(z[d] + 1 == fpl_model_n_variants(model, d) ? 0 : z[d] + 1);
            if (z[d] != 0) break;
        }
    }
}

static fpl_status plain_histogram(survey *s, uint64_t space)
{
    fpl_status status = FPL_OK;
    const int n = fpl_model_n_descriptors(s->model);
    uint16_t *z = fpli_new((size_t)n, sizeof *z);
    int32_t *balance = fpli_new((size_t)fpl_model_offset(s->model, n), sizeof *balance);
    FPL_TRY(z == NULL || balance == NULL ? FPL_E_MEMORY : FPL_OK);
    FPL_TRY(take_up(s, space));
    decode(s->model, s->next, z);
    while (s->next < space && s->d.stop == FPL_COMPLETE) {
        const uint64_t left = space - s->next;
        look_at_each(s, left < LOOK_EVERY ? left : LOOK_EVERY, z, balance);
        FPL_TRY(keep(s));
        s->d.stop = fpli_watch_look(&s->watch);
        fpli_watch_tell(&s->watch, (double)s->next / (double)space, 0, s->next);
    }
out:
    fpli_free(z);
    fpli_free(balance);
    return status;
}

/* ---- without ------------------------------------------------------------------------------ */

/* In rounds, long beside what summing up their histograms takes: between them there is something to
 * keep. */
static fpl_status swept_histogram(survey *s, const fpli_sweep *sweep)
{
    const fpl_checkpoint *checkpoint = s->watch.checkpoint;
    const uint64_t n_chunks = fpli_sweep_chunks(sweep);
    uint64_t round = ROUND_CHUNKS + s->n_bins / ROUND_CHUNKS;
    if (checkpoint == NULL) round = n_chunks;
    if (checkpoint != NULL && fpli_checkpoint_is_hurried(checkpoint)) round = 1;
    fpl_status status = take_up(s, n_chunks);
    while (status == FPL_OK && s->next < n_chunks && s->d.stop == FPL_COMPLETE) {
        const uint64_t left = n_chunks - s->next;
        const uint64_t to = s->next + (left < round ? left : round);
        status = fpli_sweep_run(sweep, &s->watch, s->next, to, s->histogram, &s->d.stop);
        s->next = to;
        if (status == FPL_OK && s->d.stop == FPL_COMPLETE) status = keep(s);
    }
    return status;
}

/* ---- combining islands -------------------------------------------------------------------- */

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

static fpl_status add_island(survey *s, const bool *scope, fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpli_sweep *sweep = NULL;
    FPL_TRY(fpli_sweep_new(s->model, scope, &sweep));
    s->n_bins = fpli_sweep_bins(sweep);
    FPL_TRY(check_space(fpli_sweep_space(sweep), s->n_bins, error));
    s->histogram = fpli_new(s->n_bins, sizeof *s->histogram);
    FPL_TRY(s->histogram == NULL ? FPL_E_MEMORY : FPL_OK);
    FPL_TRY(fpl_model_content(s->model)->exclusions.n > 0
                ? plain_histogram(s, fpli_sweep_space(sweep))
                : swept_histogram(s, sweep));
    FPL_TRY(convolve(&s->d, s->histogram, used_bins(s->histogram, s->n_bins)));
    s->next = 0;
out:
    fpli_sweep_free(sweep);
    fpli_free(s->histogram);
    s->histogram = NULL;
    return status;
}

static double space_of(const fpl_model *model, const bool *scope)
{
    double space = 1;
    for (int d = 0; d < fpl_model_n_descriptors(model); d++)
        if (scope[d]) space *= fpl_model_n_variants(model, d);
    return space;
}

static fpl_status add_islands(survey *s, const fpli_islands *islands, fpl_error *error)
{
    fpl_status status = FPL_OK;
    const size_t n = (size_t)fpl_model_n_descriptors(s->model);
    double all = 0, from = 0;
    for (int i = 0; i < islands->n; i++)
        all += space_of(s->model, islands->scope + (size_t)i * n);
    if (s->island > islands->n) return fpli_checkpoint_refuse(s->watch.checkpoint);
    for (int i = 0; i < islands->n && status == FPL_OK; i++) {
        const bool *scope = islands->scope + (size_t)i * n;
        const double space = space_of(s->model, scope);
        fpli_watch_frame(&s->watch, from / all, space / all);
        from += space;
        if (i < s->island) continue;
        s->island = i;
        status = add_island(s, scope, error);
    }
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

static fpl_status compute(survey *s, fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpli_islands islands = {0};
    s->d.n_bins = 1;
    s->d.frequency = fpli_new(1, sizeof *s->d.frequency);
    FPL_TRY(s->d.frequency == NULL ? FPL_E_MEMORY : FPL_OK);
    FPL_TRY(fpl_count_set(&s->d.frequency[0], 1));
    FPL_TRY(find_islands(s->model, &islands));
    if (s->watch.checkpoint != NULL)
        FPL_TRY(fpli_checkpoint_replay(s->watch.checkpoint, PART, take_state, s));
    FPL_TRY(islands.n == 0 ? count_the_only_one(s->model, &s->d)
                           : add_islands(s, &islands, error));
out:
    fpli_islands_clear(&islands);
    return status;
}

fpl_status fpl_tension_distribution_compute(const fpl_model *model,
                                            const fpl_limits *limits,
                                            fpl_tension_distribution *distribution,
                                            fpl_error *error)
{
    survey s = {.model = model};
    fpli_sha256 question;
    fpli_question_start(&question);
    fpl_status status = fpli_question_begin(&question, model, "rank", limits, error);
    if (status != FPL_OK) return status;
    fpli_watch_start(&s.watch, limits);
    s.kept_ms = fpli_clock_ms();
    status = compute(&s, error);
    if (status == FPL_OK)
        *distribution = s.d;
    else
        fpl_tension_distribution_clear(&s.d);
    fpli_bytes_clear(&s.kept);
    if (status == FPL_E_OVERFLOW)
        fpli_fail(error, status, "the number of scenarios does not fit 128 bits");
    if (status == FPL_E_MEMORY) fpli_no_memory(error);
    return fpli_checkpoint_end(limits, status, error);
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
