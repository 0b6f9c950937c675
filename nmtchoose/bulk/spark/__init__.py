"""Many clients on Apache Spark."""
