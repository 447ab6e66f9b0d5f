/* The inside of a builder: content in an arena. */
#ifndef FPLI_BUILDER_H
#define FPLI_BUILDER_H

#include "model/records.h"

#include <fahrplan/model.h>

struct fpl_builder {
    fpli_arena *arena;
    fpl_content content;
    const char *files[2]; /* names of the texts that marks refer to; NULL: none */
};

/* Make a builder of content that already lives in an arena. The arena is the builder's from now on,
 * also when the call fails. file may be NULL; copied. */
fpl_status fpli_builder_take(fpli_arena *arena, const fpl_content *content,
                             const char *file, fpl_builder **builder, fpl_error *error);

/* The name of the second file, to which marks with file = 1 refer. */
fpl_status fpli_builder_set_second_file(fpl_builder *builder, const char *file,
                                        fpl_error *error);

#endif
