#pragma once

namespace crumbproof::search {

/// How often something was seen in so many tries.
struct Rate {
  int seen = 0;
  int tries = 0;
};

/// Fisher's exact test, one-sided: the chance that, of all that was seen, at least as much falls
/// into the first row as did, if both rows are alike (R. A. Fisher, Statistical Methods for
/// Research Workers, section 21.02). From 0 to 1; 1 if nothing was tried.
double fisher_exact(Rate first, Rate second);

}  // namespace crumbproof::search
