/* Checkpoints from hostile hands: refused, or taken up without harm. What is fed is what stands behind
 * the head: as it is, and as records with checksums that are right, each after three bytes for its
 * part and size. */
#include "base/checkpoint.h"

#include <fahrplan/basins.h>
#include <fahrplan/generate.h>
#include <fahrplan/scenarios.h>
#include <fahrplan/tension.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const fpl_query near = {.max_inconsistency = 10}; /* thousands of scenarios */
static char file[64];

enum { SCENARIOS, COUNT, RANK, IMAGES, TABLE, SAMPLE, N_TASKS };

static fpl_model *model_of_all(void)
{
    static fpl_model *model;
    const fpl_generate_options options = {
        .n_descriptors = 9, .n_variants = 3, .density = 0.6, .seed = 1};
    if (model == NULL && fpl_model_generate(&options, &model, NULL) != FPL_OK) abort();
    return model;
}

static void write_little(FILE *out, uint64_t number, int n)
{
    for (int i = 0; i < n; i++) fputc((int)(number >> 8 * i & 0xFF), out);
}

static void write_record(FILE *out, uint32_t part, const uint8_t *bytes, size_t n)
{
    unsigned char head[12] = {(unsigned char)part};
    head[4] = (unsigned char)n;
    head[5] = (unsigned char)(n >> 8);
    write_little(out, part, 4);
    write_little(out, n, 8);
    write_little(out, fpli_sum(fpli_sum(FPLI_SUM, head, sizeof head), bytes, n), 8);
    fwrite(bytes, 1, n, out);
}

static bool go_on(void *context, const uint16_t *z)
{
    (void)context;
    (void)z;
    return true;
}

static fpl_status ask_basins(const fpl_model *model, int task, const fpl_limits *limits,
                             fpl_error *error)
{
    const fpl_basin_options options = {.dynamics = {.rule = task == TABLE
                                                                ? FPL_SUCCESSION_LOCAL
                                                                : FPL_SUCCESSION_GLOBAL},
                                       .samples = task == SAMPLE ? 5000 : 0};
    fpl_basins *basins = NULL;
    const fpl_status status = fpl_basins_compute(model, &options, limits, &basins, error);
    fpl_basins_free(basins);
    return status;
}

/* With the checkpoint in the file. fail_at: the record that cannot be written; 0: none. */
static void ask(const fpl_model *model, int task, uint64_t fail_at)
{
    fpl_checkpoint *checkpoint = NULL;
    fpl_count count = {0};
    fpl_tension_distribution d = {0};
    fpl_error error = {0};
    if (fpl_checkpoint_open(file, &checkpoint, &error) != FPL_OK) abort();
    fpli_checkpoint_hurry(checkpoint, fail_at);
    const fpl_limits limits = {.n_threads = 1, .checkpoint = checkpoint};
    fpl_status status;
    if (task == SCENARIOS)
        status = fpl_scenarios_visit(model, &near, &limits, go_on, NULL, NULL, &error);
    else if (task == COUNT)
        status = fpl_scenarios_count(model, &near, &limits, &count, NULL, &error);
    else if (task == RANK)
        status = fpl_tension_distribution_compute(model, &limits, &d, &error);
    else
        status = ask_basins(model, task, &limits, &error);
    if (status != FPL_OK && error.message[0] == '\0') abort();
    fpl_count_clear(&count);
    fpl_tension_distribution_clear(&d);
    fpl_checkpoint_close(checkpoint, fail_at == 0);
}

/* The head that belongs to a task, from a run of which some records were kept. */
static const char *head_of(const fpl_model *model, int task)
{
    static char heads[N_TASKS][512];
    char *head = heads[task];
    if (head[0] != '\0') return head;
    unlink(file);
    ask(model, task, 4);
    FILE *in = fopen(file, "rb");
    if (in == NULL || fread(head, 1, sizeof heads[task] - 1, in) == 0) abort();
    fclose(in);
    char *end = strstr(head, "\n\n");
    if (end == NULL) abort();
    end[2] = '\0';
    return head;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const fpl_model *model = model_of_all();
    if (size == 0) return 0;
    const int task = data[0] % 8 % N_TASKS;
    const bool as_it_is = data[0] >= 128;
    snprintf(file, sizeof file, "/tmp/fahrplan-fuzz-%ld", (long)getpid());
    const char *head = head_of(model, task);
    FILE *out = fopen(file, "wb");
    if (out == NULL) abort();
    fwrite(head, 1, strlen(head), out);
    if (as_it_is) fwrite(data + 1, 1, size - 1, out);
    for (size_t at = 1; !as_it_is && at + 3 <= size;) {
        const size_t left = size - at - 3, due = data[at + 1] + 256u * data[at + 2];
        const size_t n = due < left ? due : left;
        write_record(out, data[at], data + at + 3, n);
        at += 3 + n;
    }
    fclose(out);
    ask(model, task, 0);
    return 0;
}
