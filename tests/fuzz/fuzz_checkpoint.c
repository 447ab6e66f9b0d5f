/* Checkpoints from hostile hands: refused, or taken up without harm. What is fed is what stands behind
 * the head: as it is, and as records with checksums that are right, each after three bytes for its
 * part and size. */
#include "base/checkpoint.h"
#include "engine/question.h"
#include "model/version.h"

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

static fpl_model *model_of_all(void)
{
    static fpl_model *model;
    const fpl_generate_options options = {
        .n_descriptors = 9, .n_variants = 3, .density = 0.6, .seed = 1};
    if (model == NULL && fpl_model_generate(&options, &model, NULL) != FPL_OK) abort();
    return model;
}

static void write_head(FILE *out, const fpl_model *model, const char *task)
{
    char digest[FPLI_DIGEST_TEXT];
    fpli_sha256 question;
    fpli_question_start(&question);
    if (strcmp(task, "rank") != 0) fpli_question_add_query(&question, model, &near);
    fpli_sha256_text(&question, digest);
    fprintf(out, "fahrplan checkpoint 1\nversion %s\nmodel %s\ntask %s\nquestion %s\n\n",
            fpl_version(), fpl_model_digest(model), task, digest);
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

static void ask(const fpl_model *model, const char *task)
{
    fpl_checkpoint *checkpoint = NULL;
    fpl_count count = {0};
    fpl_tension_distribution d = {0};
    fpl_error error = {0};
    if (fpl_checkpoint_open(file, &checkpoint, &error) != FPL_OK) abort();
    fpli_checkpoint_hurry(checkpoint, 0);
    const fpl_limits limits = {.n_threads = 1, .checkpoint = checkpoint};
    fpl_status status;
    if (strcmp(task, "rank") == 0)
        status = fpl_tension_distribution_compute(model, &limits, &d, &error);
    else if (strcmp(task, "count") == 0)
        status = fpl_scenarios_count(model, &near, &limits, &count, NULL, &error);
    else
        status = fpl_scenarios_visit(model, &near, &limits, go_on, NULL, NULL, &error);
    if (status != FPL_OK && error.message[0] == '\0') abort();
    fpl_count_clear(&count);
    fpl_tension_distribution_clear(&d);
    fpl_checkpoint_close(checkpoint, true);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const tasks[] = {"scenarios", "count", "rank"};
    const fpl_model *model = model_of_all();
    if (size == 0) return 0;
    const char *task = tasks[data[0] % 3];
    const bool as_it_is = data[0] >= 128;
    snprintf(file, sizeof file, "/tmp/fahrplan-fuzz-%ld", (long)getpid());
    FILE *out = fopen(file, "wb");
    if (out == NULL) abort();
    write_head(out, model, task);
    if (as_it_is) fwrite(data + 1, 1, size - 1, out);
    for (size_t at = 1; !as_it_is && at + 3 <= size;) {
        const size_t left = size - at - 3, due = data[at + 1] + 256u * data[at + 2];
        const size_t n = due < left ? due : left;
        write_record(out, data[at], data + at + 3, n);
        at += 3 + n;
    }
    fclose(out);
    ask(model, task);
    return 0;
}
