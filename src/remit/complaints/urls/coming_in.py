"""Addresses: what comes in, the list, customers."""

from __future__ import annotations

from django.urls import URLPattern, path

from remit.complaints.views import (
    customers,
    importing,
    listing,
    mail_hooks,
    mails,
    opening,
    public_form,
)

urlpatterns: list[URLPattern] = [
    path("complaints/", listing.complaints_list, name="list"),
    path("complaints/new-ones/", listing.new_ones, name="new-ones"),
    path("complaints/many/", listing.many, name="many"),
    path("complaints/export.csv", listing.export, name="export"),
    path("complaints/views/", listing.save_view, name="save-view"),
    path("complaints/views/<int:view>/forget/", listing.drop_view, name="drop-view"),
    path("complaints/new/", opening.new_complaint, name="new"),
    path("complaints/new/customers/", opening.suggest_customers, name="suggest-customers"),
    path("complaints/new/order/", opening.look_up_order, name="look-up-order"),
    path("complaints/files/<int:number>/", public_form.attachment, name="attachment"),
    path("complaints/team/<slug:team>/qr/", public_form.code_for_the_wall, name="code"),
    path("complaints/import/", importing.new_import, name="import"),
    path("complaints/import/<int:number>/", importing.one_import, name="import-one"),
    path("complaints/import/<int:number>/state/", importing.import_state, name="import-state"),
    path("complaints/import/<int:number>/columns/", importing.import_columns, name="import-columns"),
    path("complaints/import/<int:number>/start/", importing.import_start, name="import-start"),
    path("complaints/import/<int:number>/cancel/", importing.import_cancel, name="import-cancel"),
    path("customers/", customers.customers, name="customers"),
    path("customers/<int:customer>/", customers.customer_record, name="customer"),
    path("customers/<int:customer>/edit/", customers.edit_customer, name="edit-customer"),
    path("customers/<int:customer>/merge/", customers.merge, name="merge-customers"),
    path("customers/<int:customer>/merge/<int:merge>/undo/", customers.part, name="part-customers"),
    path("mail/", mails.set_aside, name="mail-aside"),
    path("mail/leave/", mails.leave_many, name="mail-leave-many"),
    path("mail/<int:number>/complaint/", mails.make_complaint, name="mail-complaint"),
    path("mail/<int:number>/leave/", mails.leave, name="mail-leave"),
    path("mail/<int:number>/whole/", mails.whole, name="mail-whole"),
    path("mail/post/<str:secret>/", mail_hooks.hook, name="mail-hook"),
    path("tell/<slug:team>/", public_form.tell, name="tell"),
    path("tell/<slug:team>/<str:token>/", public_form.told, name="told"),
]
