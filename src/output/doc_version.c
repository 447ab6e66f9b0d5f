/* The version, and what this build can do. */
#include "output/parts.h"

#include <fahrplan/results.h>

/* The only thing needed of fahrplan.h. */
FPL_API const char *fpl_version(void);

fpl_status fpl_result_version(const fpl_output_options *words, fpl_document **document,
                              fpl_error *error)
{
    fpli_maker maker;
    fpl_status status = fpli_begin(&maker, "fahrplan-version", NULL, words, error);
    if (status != FPL_OK) return status;
    fpl_section *root = fpl_document_root(maker.document);
#ifdef FPL_HAVE_GMP
    const char *counts = N_("of any size");
#else
    const char *counts = N_("up to 128 bits");
#endif
#ifdef _OPENMP
    const char *threads = N_("yes");
#else
    const char *threads = N_("no");
#endif
    fpl_section_field(root, "program", "fahrplan",
                      fpl_value_text(maker.document, fpl_version()));
    fpl_section_field(root, "counts", fpli_tr(words, N_("Exact counts")),
                      fpl_value_word(maker.document,
                                     fpl_value_text(maker.document, counts),
                                     fpli_tr(words, counts)));
    fpl_section_field(root, "threads", fpli_tr(words, N_("Threads")),
                      fpl_value_word(maker.document,
                                     fpl_value_text(maker.document, threads),
                                     fpli_tr(words, threads)));
    return fpli_finish(&maker, document, error);
}
