// Marks what the shared library exports. Everything else is compiled with hidden visibility. The
// same objects make the static library, so there is nothing to define for a consumer.
#pragma once

#if defined(__GNUC__)
#define PSIM_EXPORT __attribute__((visibility("default")))
#else
#define PSIM_EXPORT
#endif
