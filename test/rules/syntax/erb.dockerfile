FROM alpine:3.20
<% if curl %>
RUN true
<% end %>
