/* Attractors and their basins. */
#include "output/parts.h"

#include <fahrplan/results.h>

enum { SHOWN_MOST = 10 };

/* ---- for programs -------------------------------------------------------------------------- */

static void list_attractors(const fpli_maker *maker, fpl_section *section,
                            const fpl_basins *basins)
{
    static const char *const keys[] = {"kind",  "length", "members", "weight",
                                       "share", "low",    "high",    "mean_steps"};
    fpl_document *document = maker->document;
    const size_t n = (size_t)fpl_model_n_descriptors(maker->model);
    fpl_table *table = fpl_section_table(section, "attractors", NULL);
    for (int i = 0; i < 8; i++) fpl_table_column(table, keys[i], NULL, FPL_COLUMN_HIDDEN);
    for (size_t i = 0; i < fpl_basins_n(basins); i++) {
        const fpl_basin *basin = fpl_basins_get(basins, i);
        fpl_value *members = fpl_value_list(document);
        for (size_t m = 0; m < basin->length; m++)
            fpl_value_append(members, fpli_scenario_index(maker, basin->members + m * n));
        fpl_table_row(table);
        fpl_table_cell(table,
                       fpl_value_text(document, basin->length == 1 ? "fixed" : "cycle"));
        fpl_table_cell(table, fpl_value_int(document, (int64_t)basin->length));
        fpl_table_cell(table, members);
        fpl_table_cell(table, fpl_value_count(document, basin->weight));
        fpl_table_cell(table, fpl_value_real(document, basin->share));
        fpl_table_cell(table, fpl_value_real(document, basin->low));
        fpl_table_cell(table, fpl_value_real(document, basin->high));
        fpl_table_cell(table, fpl_value_real(document, basin->mean_steps));
    }
}

static void add_setting(const fpli_maker *maker, fpl_section *section,
                        const fpl_basin_options *options, const fpl_basins *basins)
{
    fpl_document *document = maker->document;
    fpl_section_field(
        section, "rule", NULL,
        fpl_value_text(document, fpl_succession_get(options->dynamics.rule)->name));
    fpl_section_field(section, "remember", NULL,
                      fpl_value_bool(document, options->dynamics.memory));
    fpl_section_field(section, "held", NULL,
                      fpli_fixings(maker, options->held, options->n_held));
    fpl_section_field(section, "sampled", NULL,
                      fpl_value_bool(document, options->samples > 0));
    fpl_section_field(section, "starts", NULL,
                      fpl_value_count(document, fpl_basins_starts(basins)));
    fpl_section_field(section, "cyclic", NULL,
                      fpl_value_count(document, fpl_basins_cyclic(basins)));
    fpl_section_field(section, "unsettled", NULL,
                      fpl_value_int(document, (int64_t)fpl_basins_unsettled(basins)));
    fpl_section_field(section, "count", NULL,
                      fpl_value_int(document, (int64_t)fpl_basins_n_found(basins)));
}

/* ---- for people ---------------------------------------------------------------------------- */

/* "12.3 %", or "< 0.1 %". */
static const char *percent(const fpli_maker *maker, double share)
{
    const char *mark = fpli_language(maker->words)[0] == 'd' ? "," : ".";
    const int tenths = (int)(share * 1000 + 0.5);
    if (share > 0 && tenths == 0)
        return fpli_textf(maker->document, "< 0%s1\xE2\x80\xAF%%", mark);
    if (share < 1 && tenths == 1000)
        return fpli_textf(maker->document, "> 99%s9\xE2\x80\xAF%%", mark);
    return fpli_textf(maker->document, "%d%s%d\xE2\x80\xAF%%", tenths / 10, mark,
                      tenths % 10);
}

static const char *decimal(const fpli_maker *maker, double value)
{
    const char *mark = fpli_language(maker->words)[0] == 'd' ? "," : ".";
    const int64_t tenths = (int64_t)(value * 10 + 0.5);
    return fpli_textf(maker->document, "%lld%s%lld", (long long)(tenths / 10), mark,
                      (long long)(tenths % 10));
}

/* The variants that a cycle passes, in the order of the model: "calm/strained". */
static const char *variants_of(const fpli_maker *maker, const fpl_basin *basin, int d)
{
    const size_t n = (size_t)fpl_model_n_descriptors(maker->model);
    uint64_t seen = 0;
    const char *text = "";
    for (size_t m = 0; m < basin->length; m++)
        seen |= (uint64_t)1 << basin->members[m * n + (size_t)d];
    for (int v = 0; v < fpl_model_n_variants(maker->model, d); v++)
        if (seen >> v & 1)
            text = fpli_textf(maker->document, "%s%s%s", text, *text == '\0' ? "" : "/",
                              fpli_variant_words(maker, d, v));
    return text;
}

typedef const char *(*figure)(const fpli_maker *maker, const fpl_basin *basin);

static const char *kind_of(const fpli_maker *maker, const fpl_basin *basin)
{
    if (basin->length == 1) return fpli_tr(maker->words, N_("fixed"));
    return fpli_textf(maker->document, fpli_tr(maker->words, N_("cycle of %zu")),
                      basin->length);
}

static const char *weight_of(const fpli_maker *maker, const fpl_basin *basin)
{
    return fpli_count_words(maker->document, maker->words, basin->weight);
}

static const char *share_of(const fpli_maker *maker, const fpl_basin *basin)
{
    return percent(maker, basin->share);
}

static const char *low_of(const fpli_maker *maker, const fpl_basin *basin)
{
    return percent(maker, basin->low);
}

static const char *high_of(const fpli_maker *maker, const fpl_basin *basin)
{
    return percent(maker, basin->high);
}

static const char *steps_of(const fpli_maker *maker, const fpl_basin *basin)
{
    return decimal(maker, basin->mean_steps);
}

static void add_figure(const fpli_maker *maker, fpl_table *table,
                       const fpl_basins *basins, size_t n, const char *label, figure get)
{
    fpl_table_row(table);
    fpl_value *head = fpl_value_text(maker->document, fpli_tr(maker->words, label));
    fpl_table_cell(table, fpl_value_tone(head, FPL_TONE_FAINT));
    for (size_t i = 0; i < n; i++) {
        fpl_value *value = fpl_value_text(maker->document,
                                          get(maker, fpl_basins_get(basins, i)));
        fpl_table_cell(table, fpl_value_tone(value, FPL_TONE_STRONG));
    }
}

static void show_attractors(const fpli_maker *maker, fpl_section *section,
                            const fpl_basins *basins, bool sampled)
{
    const size_t all = fpl_basins_n(basins), n = all < SHOWN_MOST ? all : SHOWN_MOST;
    if (n == 0) return;
    fpl_table *table = fpli_tableau(maker, section, N_("Attractor"), n);
    add_figure(maker, table, basins, n, N_("Kind"), kind_of);
    add_figure(maker, table, basins, n, sampled ? N_("Draws") : N_("Weight"), weight_of);
    add_figure(maker, table, basins, n, N_("Share"), share_of);
    if (sampled) {
        add_figure(maker, table, basins, n, N_("at least (95%)"), low_of);
        add_figure(maker, table, basins, n, N_("at most (95%)"), high_of);
    }
    add_figure(maker, table, basins, n, N_("Mean steps"), steps_of);
    for (int d = 0; d < fpl_model_n_descriptors(maker->model); d++) {
        fpl_table_row(table);
        fpl_table_cell(table,
                       fpl_value_text(maker->document, fpli_descriptor_words(maker, d)));
        for (size_t i = 0; i < n; i++)
            fpl_table_cell(
                table, fpl_value_text(maker->document,
                                      variants_of(maker, fpl_basins_get(basins, i), d)));
    }
    if (fpl_basins_n_found(basins) > n)
        fpli_sayf(section,
                  fpli_tr(maker->words, N_("The heaviest %zu of %zu are shown.")), n,
                  fpl_basins_n_found(basins));
}

static void show_summary(const fpli_maker *maker, fpl_section *section,
                         const fpl_basin_options *options, const fpl_basins *basins)
{
    const fpl_output_options *words = maker->words;
    fpl_document *document = maker->document;
    const fpl_count *starts = fpl_basins_starts(basins);
    fpl_section_field(
        section, NULL, fpli_tr(words, N_("Rule")),
        fpl_value_text(
            document,
            fpli_tr(words, fpl_succession_get(options->dynamics.rule)->summary)));
    fpl_section_field(
        section, NULL,
        options->samples > 0 ? fpli_tr(words, N_("Sampled starts"))
                             : fpli_tr(words, N_("Starts")),
        fpl_value_text(document, fpli_count_words(document, words, starts)));
    fpl_section_field(
        section, NULL, fpli_tr(words, N_("Attractors")),
        fpl_value_text(document,
                       fpli_number_words(document, words, fpl_basins_n_found(basins))));
    const double all = fpl_count_to_double(starts);
    const double share = all > 0 ? fpl_count_to_double(fpl_basins_cyclic(basins)) / all
                                 : 0;
    fpl_section_field(
        section, NULL, fpli_tr(words, N_("End in a cycle")),
        fpl_value_text(document, fpli_textf(document, "%s (%s)",
                                            fpli_count_words(document, words,
                                                             fpl_basins_cyclic(basins)),
                                            percent(maker, share))));
    if (fpl_basins_unsettled(basins) > 0)
        fpl_section_field(
            section, NULL, fpli_tr(words, N_("Found no rest")),
            fpl_value_text(document, fpli_number_words(document, words,
                                                       fpl_basins_unsettled(basins))));
}

fpl_status fpl_result_basins(const fpl_model *model, const fpl_basin_options *options,
                             const fpl_basins *basins, const fpl_output_options *words,
                             fpl_document **document, fpl_error *error)
{
    fpli_maker maker;
    fpl_status status = fpli_begin(&maker, "fahrplan-basins", model, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(maker.document);
    fpli_stopped(&maker, fpl_basins_stop(basins));
    add_setting(&maker, root, options, basins);
    list_attractors(&maker, root, basins);
    if (fpl_basins_stop(basins) == FPL_COMPLETE || options->samples > 0) {
        show_summary(&maker, root, options, basins);
        show_attractors(&maker, root, basins, options->samples > 0);
    }
    fpl_section_next(root, fpli_command(&maker, "trace", ""),
                     fpli_tr(words, N_("How the start goes its way, step by step")));
    return fpli_finish(&maker, document, error);
}
