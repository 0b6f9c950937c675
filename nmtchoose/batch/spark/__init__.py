"""Many clients on Apache Spark: the portions of `nmtchoose.batch` are done by a cluster, and the parts are the same."""
