# What only AWS can see. Freshness, lag and tables that have stopped are told by deploy/prometheus.
resource "aws_sns_topic" "alarms" {
  name              = "${var.name}-alarms"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic_subscription" "email" {
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

locals {
  kafka_alarms = {
    offline-partitions = {
      metric = "OfflinePartitionsCount", statistic = "Maximum", threshold = 0, minutes = 5, missing = "breaching"
      text   = "Partitions without a leader: nothing can be read from them or written to them"
    }
    no-controller = {
      metric = "ActiveControllerCount", statistic = "Maximum", threshold = 1, minutes = 5, missing = "breaching"
      text   = "More than one controller, or none known"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "kafka" {
  for_each            = local.kafka_alarms
  alarm_name          = "${var.name}-kafka-${each.key}"
  alarm_description   = each.value.text
  namespace           = "AWS/Kafka"
  metric_name         = each.value.metric
  dimensions          = { "Cluster Name" = aws_msk_cluster.kafka.cluster_name }
  statistic           = each.value.statistic
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  period              = 60
  evaluation_periods  = each.value.minutes
  treat_missing_data  = each.value.missing
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "disk" {
  count               = length(var.subnet_ids)
  alarm_name          = "${var.name}-kafka-disk-${count.index + 1}"
  alarm_description   = "A broker's disk is nearly full: shorten retention, or enlarge it. A topic that loses records stops its table"
  namespace           = "AWS/Kafka"
  metric_name         = "KafkaDataLogsDiskUsed"
  dimensions          = { "Cluster Name" = aws_msk_cluster.kafka.cluster_name, "Broker ID" = tostring(count.index + 1) }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  period              = 300
  evaluation_periods  = 2
  alarm_actions       = [aws_sns_topic.alarms.arn]
}

resource "aws_s3_bucket_metric" "lake" {
  bucket = aws_s3_bucket.lake.id
  name   = "all"
}

resource "aws_cloudwatch_metric_alarm" "storage_errors" {
  alarm_name          = "${var.name}-storage-errors"
  alarm_description   = "S3 answers with errors: commits are tried again, and tables are late"
  namespace           = "AWS/S3"
  metric_name         = "5xxErrors"
  dimensions          = { BucketName = aws_s3_bucket.lake.id, FilterId = aws_s3_bucket_metric.lake.name }
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 50
  period              = 300
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}
