#!/usr/bin/env bash
# Puts axe-core and LHC-Forms into tests/browser/node_modules, from the npm registry that this machine uses.
# LHC-Forms ships its bundle ready to use; its 24 dependencies, all of Angular among them, are only for building it.
set -euo pipefail
cd "$(dirname "$0")"

lforms=lforms-40.1.3.tgz
wanted=WLruTm+BcVnafC0rSAQ3/cNqhxvclBUxyBG68aub/uha2NaK9H8ZZcEXTTuORuGzzCt0wa7fvhuieZtcDIdPzQ==

if [ ! -f node_modules/axe-core/axe.min.js ]; then
  npm ci --silent --ignore-scripts --no-audit --no-fund
fi
if [ ! -f node_modules/lforms/package.json ]; then
  npm pack --silent "lforms@40.1.3" --pack-destination . > /dev/null
  found=$(openssl dgst -sha512 -binary "$lforms" | base64 -w0)
  if [ "$found" != "$wanted" ]; then
    echo "$lforms is not the file that was checked: sha512-$found" >&2
    exit 1
  fi
  mkdir -p node_modules/lforms
  tar xzf "$lforms" -C node_modules/lforms --strip-components=1 --exclude='*.map'
  rm "$lforms"
fi
