export {
  type Bin,
  type BinnedColumn,
  type BinningRules,
  binColumn,
  binsOfRows,
  DEFAULT_BINNING,
} from './bin-column';
