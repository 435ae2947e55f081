export {
  type Bin,
  type BinContent,
  binColumn,
  type BinnedColumn,
  type BinningRules,
  binsOfRows,
  DEFAULT_BINNING,
} from './bin-column';
