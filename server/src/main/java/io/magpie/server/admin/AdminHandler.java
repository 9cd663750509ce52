package io.magpie.server.admin;

import io.magpie.server.metrics.PrometheusText;
import io.magpie.server.security.Access;
import io.magpie.server.security.Scope;
import io.magpie.server.security.Token;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one admin connection. */
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(AdminHandler.class);
    private static final String TEXT = "text/plain; charset=utf-8";

    private static final String SCHEME = "Bearer ";

    private final AdminPages pages;
    private final Access access;

    AdminHandler(AdminPages pages, Access access) {
        this.pages = pages;
        this.access = access;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (!ctx.channel().isWritable()) {
            ctx.close(); // asks on and on, and takes no answers
        } else if (!request.decoderResult().isSuccess()) {
            send(ctx, request, HttpResponseStatus.BAD_REQUEST, TEXT, "not understood\n");
        } else if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            send(ctx, request, HttpResponseStatus.METHOD_NOT_ALLOWED, TEXT, "only GET and HEAD\n");
        } else {
            route(ctx, request);
        }
    }

    private void route(ChannelHandlerContext ctx, FullHttpRequest request) {
        String uri = request.uri();
        int query = uri.indexOf('?');
        switch (query < 0 ? uri : uri.substring(0, query)) {
            case "/livez" -> send(ctx, request, HttpResponseStatus.OK, TEXT, "live\n");
            case "/readyz" ->
                send(
                        ctx,
                        request,
                        pages.isReady() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE,
                        TEXT,
                        pages.state() + "\n");
            case "/metrics" -> show(ctx, request, PrometheusText.CONTENT_TYPE, pages::metrics);
            case "/version" -> show(ctx, request, "application/json", () -> pages.version() + "\n");
            default ->
                send(
                        ctx,
                        request,
                        HttpResponseStatus.NOT_FOUND,
                        TEXT,
                        "there are /livez, /readyz, /metrics and /version\n");
        }
    }

    private void show(ChannelHandlerContext ctx, FullHttpRequest request, String type, Supplier<String> page) {
        if (mayRead(request.headers().get(HttpHeaderNames.AUTHORIZATION, ""))) {
            send(ctx, request, HttpResponseStatus.OK, type, page.get());
        } else {
            send(ctx, request, HttpResponseStatus.UNAUTHORIZED, TEXT, "a token with scope read is asked for\n");
        }
    }

    private boolean mayRead(String authorization) {
        if (access == null || !access.asksForTokens()) {
            return true;
        }
        Token token = authorization.startsWith(SCHEME)
                ? access.find(authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8))
                : null;
        return token != null && (token.scopes() & Scope.READ.bit()) != 0;
    }

    private static void send(
            ChannelHandlerContext ctx, FullHttpRequest request, HttpResponseStatus status, String type, String body) {
        ByteBuf content = ByteBufUtil.writeUtf8(ctx.alloc(), body);
        int length = content.readableBytes();
        if (request.method().equals(HttpMethod.HEAD)) {
            content.clear();
        }
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, type).set(HttpHeaderNames.CONTENT_LENGTH, length);
        if (HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess()) {
            HttpUtil.setKeepAlive(response, true);
            ctx.writeAndFlush(response);
        } else {
            ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("an admin connection failed", cause);
        ctx.close();
    }
}
