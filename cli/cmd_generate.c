/* generate: seeded random models of known shape. */
#include "commands.h"
#include "formats.h"

typedef struct generate_options {
    int family;
    whole descriptors, variants, module_size, scale, planted, drivers;
    real density, cross;
    const char *to;
    const char *output;
} generate_options;

#define OWN(member) offsetof(generate_options, member)

static const char *const family_words[] = {"random", "modular", "ordered", NULL};

static const option_row rows[] = {
    {"family", 0, OPTION_WORD, OWN(family), N_("FAMILY"),
     N_("random, modular or ordered"), "random", family_words, 0, 0},
    {"descriptors", 'd', OPTION_NUMBER, OWN(descriptors), N_("N"),
     N_("number of descriptors"), "10", NULL, 1, FPL_DESCRIPTORS_MAX},
    {"variants", 'k', OPTION_NUMBER, OWN(variants), N_("K"),
     N_("variants of each descriptor"), N_("2 to 4, drawn"), NULL, 1, FPL_VARIANTS_MAX},
    {"density", 0, OPTION_REAL, OWN(density), N_("SHARE"),
     N_("share of sections that are judged"), "0.5", NULL, 0, 1},
    {"cross", 0, OPTION_REAL, OWN(cross), N_("SHARE"),
     N_("modular: that share across modules"), "0.05", NULL, 0, 1},
    {"module-size", 0, OPTION_NUMBER, OWN(module_size), N_("N"),
     N_("modular: descriptors in a module"), "5", NULL, 1, FPL_DESCRIPTORS_MAX},
    {"scale", 0, OPTION_NUMBER, OWN(scale), N_("N"), N_("judgements lie in -N..N"), "3",
     NULL, 1, FPL_SCALE_MAX},
    {"planted", 0, OPTION_NUMBER, OWN(planted), N_("N"),
     N_("make N drawn scenarios consistent; they stand in the model as states"), "0",
     NULL, 0, 64},
    {"drivers", 0, OPTION_NUMBER, OWN(drivers), N_("N"),
     N_("the first N descriptors are drivers, the last one is the level"), "0", NULL, 0,
     FPL_DESCRIPTORS_MAX},
    {"to", 0, OPTION_TEXT, OWN(to), N_("FORMAT"),
     N_("format of the model: yaml, scw, csv, csv-list"),
     N_("yaml, or from the suffix of FILE"), NULL, 0, 0},
    {"output", 'o', OPTION_FILE, OWN(output), N_("FILE"), N_("write the model to FILE"),
     N_("standard output"), NULL, 0, 0},
    {0},
};

static int run(command_call *call)
{
    const generate_options *own = call->line.values;
    const shared_options *shared = &call->line.shared;
    fpl_generate_options wanted = {
        .family = own->family > 0 ? (fpl_family)(own->family - 1) : FPL_FAMILY_RANDOM,
        .n_descriptors = own->descriptors.given ? (int)own->descriptors.value : 10,
        .n_variants = (int)own->variants.value,
        .density = own->density.given ? own->density.value : 0.5,
        .cross = own->cross.given ? own->cross.value : 0.05,
        .module_size = own->module_size.given ? (int)own->module_size.value : 5,
        .scale = (int)own->scale.value,
        .n_planted = (int)own->planted.value,
        .n_drivers = (int)own->drivers.value,
        .seed = shared->seed.given ? (uint64_t)shared->seed.value : 1,
    };
    fpl_save_options save = {.notice = message_notice};
    fpl_model *model = NULL;
    fpl_error error = call_error();
    int code = format_named("--to", own->to, &save.format);
    if (code != 0) return code;
    if (own->to == NULL && own->output == NULL) save.format = FPL_FORMAT_YAML;
    if (fpl_model_generate(&wanted, &model, &error) != FPL_OK)
        return call_fail(call, &error);
    code = model_write(call, model, own->output == NULL ? "-" : own->output, &save);
    fpl_model_free(model);
    return code;
}

const command_row command_generate = {
    .name = "generate",
    .arguments = "",
    .summary = N_("a random model from a seed, for tests and measurements"),
    .description = N_("Write a random model. The same options and seed give the same "
                      "model on every machine. "
                      "random: each section is judged with probability --density, its "
                      "groups drawn from the "
                      "rows that sum to zero. modular: --density inside modules, --cross "
                      "across them. ordered: "
                      "each section promotes or hinders from one end to the other."),
    .options = rows,
    .values_size = sizeof(generate_options),
    .shared = SHARE_SEED,
    .run = run,
};
