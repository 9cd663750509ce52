package io.magpie.client;

import io.magpie.protocol.BatchReplyDecoder;
import io.magpie.protocol.CatalogueReplyDecoder;
import io.magpie.protocol.EraseProfileReplyDecoder;
import io.magpie.protocol.ErrorReplyDecoder;
import io.magpie.protocol.ExportProfileReplyDecoder;
import io.magpie.protocol.GetItemReplyDecoder;
import io.magpie.protocol.GetProfileReplyDecoder;
import io.magpie.protocol.HelloReplyDecoder;
import io.magpie.protocol.PingReplyDecoder;
import io.magpie.protocol.RecommendReplyDecoder;
import io.magpie.protocol.SnapshotReplyDecoder;
import io.magpie.protocol.StatisticsReplyDecoder;
import io.magpie.protocol.WhyReplyDecoder;
import io.magpie.protocol.WriteReplyDecoder;

/** The decoders of one connection, used again for every answer. Owned by its event loop. */
final class ReplyDecoders {
    final HelloReplyDecoder hello = new HelloReplyDecoder();
    final PingReplyDecoder ping = new PingReplyDecoder();
    final StatisticsReplyDecoder statistics = new StatisticsReplyDecoder();
    final RecommendReplyDecoder recommend = new RecommendReplyDecoder();
    final WhyReplyDecoder why = new WhyReplyDecoder();
    final WriteReplyDecoder write = new WriteReplyDecoder();
    final GetProfileReplyDecoder profile = new GetProfileReplyDecoder();
    final SnapshotReplyDecoder snapshot = new SnapshotReplyDecoder();
    final EraseProfileReplyDecoder erase = new EraseProfileReplyDecoder();
    final GetItemReplyDecoder item = new GetItemReplyDecoder();
    final ExportProfileReplyDecoder export = new ExportProfileReplyDecoder();
    final BatchReplyDecoder batch = new BatchReplyDecoder();
    final CatalogueReplyDecoder catalogues = new CatalogueReplyDecoder();
    final ErrorReplyDecoder error = new ErrorReplyDecoder();
}
